"""The last step on a PDF's way: made smaller, and the parts of a book bound. The only importer of pikepdf."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

    Target = tuple[int, Any, Any]
    """A page, counted from 0, and a place on it in points from its lower left corner."""

_BASELINE = 4  # points from the lower edge of the template `last-page` to its text


def finish(pdf: bytes) -> bytes:
    """Return the PDF with its objects packed into streams: about a third smaller, and the same bytes for the same PDF.

    Nothing else is touched: what makes it PDF/A and PDF/UA (metadata, tags, attachments, output intent) stays.
    """
    # Imported here: it takes longer to load than a note takes to set, and only the child process needs it.
    import pikepdf

    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _save(document, finished)
    return finished.getvalue()


def bind(request: dict[str, Any]) -> None:
    """Bind the parts of a book: each becomes a volume, or all of them one file.

    `parts` are the files, each with the places where the number of the last page belongs (`totals`: page from 1, then
    points from the upper left corner) and with how many of its records go on from the part before (`continued`),
    `last_page` is a file with that number alone. Into `into` goes the one file;
    without it, each part is written anew. For the one file, `places` are the pages, from 0, of what links may lead to,
    `front` is the number of pages before the first record, and `attachments` are files by name, each with its text
    and what it is.
    """
    import pikepdf

    with pikepdf.open(request["last_page"]) as last_page:
        if not request["into"]:
            for part in request["parts"]:
                with pikepdf.open(part["file"], allow_overwriting_input=True) as document:
                    _number(document, part["totals"], last_page)
                    _save(document, part["file"])
            return
        with pikepdf.new() as book:
            _join(book, request, last_page)
            _save(book, request["into"])


def _save(document: pikepdf.Pdf, target: Any) -> None:
    import pikepdf

    document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, linearize=False)


def _number(document: pikepdf.Pdf, totals: list[tuple[int, float, float]], last_page: pikepdf.Pdf) -> None:
    """Put the number of the last page where there is room for it, as an artifact: it stands outside the tags."""
    import pikepdf

    if not totals:
        return
    number = document.copy_foreign(last_page.pages[0].as_form_xobject())
    for at, x, y in totals:
        page = document.pages[at - 1]
        name = page.add_resource(number, pikepdf.Name.XObject, pikepdf.Name.BriefingLastPage)
        height = float(page.mediabox[3])
        drawn = f"\n/Artifact BMC q 1 0 0 1 {x:.2f} {height - y - _BASELINE:.2f} cm {name} Do Q EMC\n"
        page.contents_add(drawn.encode(), prepend=False)


def _join(book: pikepdf.Pdf, request: dict[str, Any], last_page: pikepdf.Pdf) -> None:
    import pikepdf

    links: list[tuple[int, int, Target]] = []
    outline: list[tuple[int, str, int]] = []
    for part in request["parts"]:
        with pikepdf.open(part["file"]) as document:
            _number(document, part["totals"], last_page)
            first = len(book.pages)
            links += _take_links(document, first, request["places"])
            outline += _outline(document, first, part["continued"])
            if first == 0:
                book.docinfo.update({key: str(value) for key, value in document.docinfo.items()})
            book.pages.extend(document.pages)
    for page, at, (target, x, y) in links:
        annotation = book.pages[page].obj.Annots[at]
        annotation.Dest = pikepdf.Array([book.pages[target].obj, pikepdf.Name.XYZ, x, y, None])
    _write_outline(book, outline)
    book.Root.Lang = pikepdf.String(request["language"])
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    roman, arabic = pikepdf.Dictionary(S=pikepdf.Name.r, St=2), pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
    numbers = [0, pikepdf.Dictionary(), 1, roman, request["front"], arabic]
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
    for name, (text, description) in request["attachments"].items():
        book.attachments[name] = pikepdf.AttachedFileSpec(
            book,
            text.encode(),
            filename=name,
            description=description,
            mime_type="application/yaml",
            relationship=pikepdf.Name.Source,
        )


def _take_links(document: pikepdf.Pdf, first: int, places: dict[str, int]) -> list[tuple[int, int, Target]]:
    """Take the links within the book out of a part, for what they lead to does not go with a page that is copied.

    Returned are the page and the number of each among its page's annotations, and where it leads.
    """
    import pikepdf

    index = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    named: dict[str, Any] = {}
    if "/Names" in document.Root and "/Dests" in document.Root.Names:
        named = dict(pikepdf.NameTree(document.Root.Names.Dests))
    found: list[tuple[int, int, Target]] = []
    for at, page in enumerate(document.pages):
        for number, annotation in enumerate(page.obj.get("/Annots", [])):
            action: Any = annotation.get("/A", {})
            address = str(action.get("/URI", ""))
            if address in places:
                del annotation.A
                found.append((first + at, number, (places[address], 0, None)))
            elif (where := annotation.get("/Dest", action.get("/D"))) is not None:
                if not isinstance(where, pikepdf.Array):
                    where = named[str(where).removeprefix("/")]
                if isinstance(where, pikepdf.Dictionary):
                    where = where.D
                target = (first + index[where[0].objgen], where[2], where[3])
                for key in ("/A", "/Dest"):
                    if key in annotation:
                        del annotation[key]
                found.append((first + at, number, target))
    return found


def _outline(document: pikepdf.Pdf, first: int, continued: int) -> list[tuple[int, str, int]]:
    """Return the lines of a part's outline: level from 0, words, page.

    The first `continued` records stand under a heading of the part before, and are one level below it.
    """
    index = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    lines: list[tuple[int, str, int]] = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            where = item.destination if item.destination is not None else item.action.D
            lines.append((level, item.title, first + index[where[0].objgen]))
            walk(item.children, level + 1)

    with document.open_outline(max_depth=10) as outline:
        walk(outline.root[:continued], 1)
        walk(outline.root[continued:], 0)
    return lines


def _write_outline(book: pikepdf.Pdf, lines: list[tuple[int, str, int]]) -> None:
    import pikepdf

    with book.open_outline(max_depth=10) as outline:
        above = [outline.root]
        for level, title, page in lines:
            item = pikepdf.OutlineItem(title, page)
            # A heading may go on from the part before, where its records begin a level below.
            del above[min(level, len(above) - 1) + 1 :]
            above[-1].append(item)
            above.append(item.children)
