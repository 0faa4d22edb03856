"""One folder with every format, good and damaged: what is taken as what, and what is refused."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

from firsthand.errors import InputRejected
from firsthand.ingest import Intake, read

STORY = "Nine people were killed on Friday when shells fell on a river town, its mayor said."
HTML = f"<!DOCTYPE html><html><body><article><h1>Shells fall</h1><p>{STORY}</p></article></body></html>"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def warc(url: str, page: bytes) -> bytes:
    response = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    )
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-05-04T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(response)}\r\n\r\n"
    )
    return head.encode() + response + b"\r\n\r\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def docx() -> bytes:
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{STORY}</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode()})


def pdf() -> bytes:
    """A page of text, written by hand: five objects, a table of where they begin, and the trailer."""
    lines = [STORY[:45], STORY[45:].strip(), "The council has asked both sides for a pause."]
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out.encode()


SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc></url></urlset>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title><entry><title>Shells</title><content>{}</content></entry></feed>'
JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "Site", "items": [{"id": "1", "content_html": "<p>%s</p>"}]}'
MAIL = "From: A Sample <a@example.org>\nSubject: Shells fall\nDate: Sat, 04 May 2019 10:00:00 +0000\n\n"
RSS = "<rss><channel><title>Site</title><item><title>Shells</title><description>{}</description></item></channel></rss>"
MIME = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n{}\n--b--\n"
BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
)


def folder(path: Path) -> None:
    files = {
        "a.txt": STORY.encode(),
        "b.html": HTML.encode(),
        "c.md": f"---\ntitle: Shells fall\ndate: 2019-05-04\n---\n# Shells fall\n\n**{STORY}**\n".encode(),
        "d.docx": docx(),
        "e.eml": f"{MAIL}{STORY}\n".encode(),
        "f.jsonl": b'{"id": "f", "text": "%s"}' % STORY.encode(),
        "g.json": b'{"articles": [{"url": "https://example.org/g", "maintext": "%s"}]}' % STORY.encode(),
        "h.csv": f'id,headline,text\n7,Shells fall,"{STORY}"\n'.encode(),
        "i.rss": RSS.format(STORY).encode(),
        "j.warc": warc("https://example.org/j", HTML.encode()),
        "k.warc.gz": gzip.compress(warc("https://example.org/k", HTML.replace("Nine", "Six").encode())),
        "l.zip": zipped({"one.txt": b"Six people were killed.", "../out.txt": b"Two people were killed."}),
        "m.tar.gz": tarred("two.html", HTML.replace("Nine", "Ten").encode()),
        "n.wacz": zipped({"datapackage.json": b"{}", "archive/x.warc": warc("https://example.org/n", HTML.encode())}),
        "o.mhtml": MIME.format(HTML).encode(),
        "p.pdf": b"%PDF-1.4\nbroken",
        "q.xml": BOMB,
        "r.zip": zipped({"bomb.txt": b"0" * 30_000_000}),
        "s.docx": b"PK\x03\x04 cut off",
        "t.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "u.json": b"[" * 5000,
        "v.pdf": pdf(),
        "w.atom": ATOM.format(STORY.replace("Nine", "Four")).encode(),
        "x.json": (JSON_FEED % STORY).encode(),
        "y.xml": SITEMAP.encode(),
        "z.eml": f"{MAIL.replace('Shells', 'Mail')}".encode(),
    }  # fmt: skip
    for name, data in files.items():
        (path / name).write_bytes(data)


def test_every_format_in_one_folder(tmp_path: Path) -> None:
    folder(tmp_path)
    results = list(read([str(tmp_path)]))
    taken = {Path(r.report.name.split("!")[0].split("#")[0]).name: r.form for r in results if isinstance(r, Intake)}
    assert taken == {
        "a.txt": "text", "b.html": "HTML", "c.md": "Markdown", "d.docx": "DOCX", "e.eml": "e-mail", "f.jsonl": "JSON Lines",
        "g.json": "JSON", "h.csv": "CSV", "i.rss": "feed", "j.warc": "WARC", "k.warc.gz": "WARC", "l.zip": "text",
        "m.tar.gz": "HTML", "n.wacz": "WARC", "o.mhtml": "MHTML", "v.pdf": "PDF", "w.atom": "feed", "x.json": "JSON",
    }  # fmt: skip
    refused = {str(r.what).removeprefix(f"{tmp_path}/"): r.why for r in results if isinstance(r, InputRejected)}
    assert set(refused) == {
        "l.zip!../out.txt",
        "p.pdf",
        "q.xml",
        "r.zip!bomb.txt",
        "s.docx",
        "t.png",
        "u.json",
        "y.xml",
        "z.eml",
    }
    assert "entities" in refused["q.xml"]
    assert "picture" in refused["t.png"]
    text = next(r.report.body for r in results if isinstance(r, Intake) and r.form == "PDF")
    assert " ".join(text.split()).startswith(STORY)
    again = [r.report.id for r in read([str(tmp_path)]) if isinstance(r, Intake)]
    assert again == [r.report.id for r in results if isinstance(r, Intake)]
    message = next(r.report for r in results if isinstance(r, Intake) and r.form == "e-mail")
    assert (message.title, message.published) == ("Shells fall", "2019-05-04T10:00:00+00:00")


def test_columns_that_nothing_was_read_from_are_named_once(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        f"No;Outlet;Heading;Body;Day;Notes\n1;Harar Gazette;Shells fall;{STORY};1996-05-04;\n2;;;{STORY};;\n"
    )
    first, second = (item for item in read([str(path)]) if isinstance(item, Intake))
    report = first.report
    assert (report.site, report.title, report.published) == ("Harar Gazette", "Shells fall", "1996-05-04")
    assert "columns “No”, “Notes” were not taken" in first.note
    assert second.note == ""


def test_a_message_passed_on_keeps_its_subject(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_text(f"From: desk@example.org\nSubject: Fwd: RE: Shells fall on Selm\n\n{STORY}\n")
    (item,) = read([str(path)])
    assert isinstance(item, Intake)
    assert item.report.title == "Shells fall on Selm"


def test_csv_columns_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b'nr;Wortlaut\r\n1;"Nine people\r\nwere killed."\r\n2;\r\n')
    results = list(read([str(path)], columns={"text": "Wortlaut", "id": "nr"}))
    assert isinstance(results[0], Intake)
    assert (results[0].report.source_id, results[0].report.body) == ("1", "Nine people\r\nwere killed.")
    assert isinstance(results[1], InputRejected)
    refused = list(read([str(path)]))
    assert [isinstance(result, InputRejected) for result in refused] == [True]
