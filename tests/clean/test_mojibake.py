"""Garbled text comes out right; clean text of any script comes out untouched."""

from __future__ import annotations

import pytest

from firsthand.clean.mojibake import CODECS, repaired

CLEAN = {
    "English with marks": "The mayor said “no one – not one – was hurt”… the café’s naïve owner lost £5 and 7 €.",
    "French": "À l’hôpital, où l’on a dénombré dix-sept blessés, le médecin a déclaré : « Ça ne peut plus durer ! »",
    "German": "Bei dem Angriff in der Nähe der Brücke wurden fünf Männer getötet, größere Schäden gab es außerhalb.",
    "Spanish": "El alcalde señaló que murieron once niños en el ataque: «¿Quién responderá mañana por tanta aflicción?»",
    "Polish": "W nocy z piątku na sobotę zginęło pięć osób, a źródła w szpitalu mówią o dwudziestu rannych; żołnierze odeszli.",
    "Czech": "Při náletu na tržiště zahynulo šest lidí, řekl starosta; mezi mrtvými jsou dvě děti. Příměří trvá čtyři dny.",
    "Turkish": "Saldırıda dört kişi öldü, on iki kişi yaralandı; çatışmalar akşam saatlerinde İdlib’de sürdü, şehir boşaldı.",
    "Hungarian": "A robbanásban öt ember halt meg, a kórházban tizenkét sebesültet ápolnak – közölte a rendőrség szóvivője.",
    "Romanian": "Şase oameni au murit în explozia din piață, iar alți doisprezece sunt răniți, a declarat poliția.",
    "Arabic": "قُتل خمسة مدنيين بينهم طفلان في قصف على سوق شعبي، وفق مصدر طبي تحدث «لوكالة أنباء» محلية يوم الأحد.",
    "Persian": "پنج نفر در انفجار دیروز کشته شدند و می‌گویند ده‌ها نفر زخمی‌اند.",
    "Hebrew": "חמישה בני אדם נהרגו בפיצוץ, אמר דובר המשטרה ביום ראשון.",
    "Russian": "В результате обстрела погибли пятеро мирных жителей, ещё двенадцать ранены, сообщил «глава» района — №7.",
    "Ukrainian": "Унаслідок обстрілу загинули п’ятеро людей, ще дванадцять поранено, повідомив голова громади — її цитує «Голос».",
    "Greek": "Πέντε άνθρωποι σκοτώθηκαν από την έκρηξη, είπε ο δήμαρχος.",
    "Chinese": "星期日的袭击造成五人死亡，十二人受伤。",
    "Vietnamese": "Năm người thiệt mạng trong vụ nổ hôm Chủ nhật, một quan chức địa phương cho biết.",
}


@pytest.mark.parametrize("language", CLEAN)
def test_clean_text_is_untouched(language: str) -> None:
    assert repaired(CLEAN[language]) == CLEAN[language]


@pytest.mark.parametrize("codec", [codec for codec in CODECS if codec not in ("latin-1", "iso-8859-2")])
@pytest.mark.parametrize("language", CLEAN)
def test_utf8_read_as_an_old_code_page_comes_out_right(language: str, codec: str) -> None:
    garbled = CLEAN[language].encode("utf-8").decode(codec)
    assert repaired(garbled) == CLEAN[language]


CASES = [
    (
        "one garbled word among right quotation marks",
        "It called the envoy’s “dĂ©marche” — late.",
        "It called the envoy’s “démarche” — late.",
    ),
    ("apostrophe", "The armyâ€™s spokesman", "The army’s spokesman"),
    (
        "twice garbled",
        "l’".join(["école "] * 6).encode().decode("latin-1").encode().decode("latin-1"),
        "l’".join(["école "] * 6),
    ),
    ("Windows quotes as control codes", "He said \x93no\x94.", "He said “no”."),
    ("sign of money", "a ransom of Â£400", "a ransom of £400"),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words(text: str, wanted: str) -> None:
    assert repaired(text) == wanted
