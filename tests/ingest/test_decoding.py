"""Which encoding a file is in."""

from __future__ import annotations

import pytest

from firsthand.ingest.decoding import declared_encoding, decode, looks_binary

TEXTS = {
    "cp1252": "À l’hôpital, où l’on a dénombré dix-sept blessés, le médecin a déclaré : « Ça suffit ! »",
    "cp1250": "W nocy zginęło pięć osób, a źródła w szpitalu mówią o dwudziestu rannych; żołnierze odeszli.",
    "iso8859-2": "Při náletu na tržiště zahynulo šest lidí, řekl starosta; mezi mrtvými jsou dvě děti.",
    "cp1254": "Saldırıda dört kişi öldü, on iki kişi yaralandı; çatışmalar akşam saatlerinde sürdü, şehir boşaldı.",
    "cp1251": "В результате обстрела погибли пятеро мирных жителей, ещё двенадцать ранены, сообщил глава района.",
    "koi8-u": "В результате обстрела погибли пятеро мирных жителей, ещё двенадцать ранены, сообщил глава района.",
    "cp1256": "قتل خمسة مدنيين بينهم طفلان في قصف على سوق شعبي، وفق مصدر طبي تحدث يوم الأحد",
    "cp1253": "Πέντε άνθρωποι σκοτώθηκαν από την έκρηξη, είπε ο δήμαρχος.",
    "utf-16": "Nine people were killed – ‘nine’, he said.",
    "utf-8-sig": "Nine people were killed – ‘nine’, he said.",
    "gb18030": "星期日的袭击造成五人死亡，十二人受伤。目击者说，爆炸发生在市场附近，当时有许多平民。",
}


@pytest.mark.parametrize("codec", TEXTS)
def test_the_encoding_is_found(codec: str) -> None:
    text, steps = decode(TEXTS[codec].encode(codec))
    assert text == TEXTS[codec]
    assert bool(steps) == (codec != "utf-8-sig")


REFUSED = [
    b"Nine people \xff\xfe were killed \x80\x81 on Friday.",
    b"\xc3\x28 \xa0\xa1 \xe2\x28\xa1 \xf0\x28\x8c\xbc",
    b"\xff\xfeNine people",  # begins as UTF-16, has an odd number of bytes
]


@pytest.mark.parametrize("data", REFUSED)
def test_bytes_that_no_encoding_explains_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"not"):
        decode(data)


def test_what_a_page_declares_is_believed_where_it_works() -> None:
    page = '<meta charset="windows-1251"><p>Да</p>'.encode("cp1251")
    assert declared_encoding(page) == "windows-1251"
    assert decode(page)[0].endswith("<p>Да</p>")
    assert decode(b"<meta charset=utf-16><p>caf\xe9</p>")[0].endswith("<p>café</p>")


def test_a_file_cut_off_inside_a_character_is_read_as_far_as_it_goes() -> None:
    assert decode(b"Nine people were killed \xe2\x82") == (
        "Nine people were killed ",
        ("cut off inside its last character",),
    )


def test_binary() -> None:
    assert looks_binary(bytes(range(64)))
    assert not looks_binary(b"Nine people\tkilled\r\n")
    assert not looks_binary("Nine".encode("utf-16"))
