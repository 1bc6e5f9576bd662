"""The pages in a real browser: nothing is cut off or overlaps, in each width and scheme; filter, links and print work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from support import browser, diagrams

from supabase_tasks.draw import changed, diagram_page, review_page, svg
from supabase_tasks.draw.review import Origin, Review, ReviewedFile, ReviewedHazard

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(browser.PROGRAM is None, reason="no Chromium is installed"),
]
WIDTHS = (400, 1000, 1600)
# Elements whose text is wider or higher than their box, and scrolls nowhere.
CUT_OFF = """[...document.querySelectorAll("h1, h2, h3, h4, h5, li, td, th, p, a, summary, button, .badge, .level, code, text")]
  .filter((one) => one.offsetParent && !one.closest("pre, nav, .pane"))
  .filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""
BEYOND = """[...document.querySelectorAll("body *")].filter((one) => one.offsetParent && !one.closest("pre, .pane, .skip, nav"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; })
  .map((one) => one.outerHTML.slice(0, 120))"""
OVERLAPPING = """(() => { const boxes = [...document.querySelectorAll(%s)].filter((one) => one.offsetParent)
    .map((one) => [one, one.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
    const apart = p.left >= q.right - 1 || q.left >= p.right - 1 || p.top >= q.bottom - 1 || q.top >= p.bottom - 1;
    if (!a.contains(b) && !b.contains(a) && !apart)
      found.push([a.outerHTML.slice(0, 80), b.outerHTML.slice(0, 80)]); }));
  return found; })()"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[browser.Browser]:
    with browser.browsing() as found:
        yield found


@pytest.fixture(scope="module")
def review(dumps: tuple[str, str], folder: Path) -> Path:
    path = folder / "review.html"
    name = "a_table_" + "whose_name_is_long_" * 3
    path.write_text(
        review_page.page(
            Review(
                title="alter_scenes_and_" + "many_" * 20 + "more",
                summary="+1 table, -1 table, ~2 columns, +1 policy, ~1 function",
                origin=Origin("shop", "feature/scenes", "ab12cd3", "A Person", "2026-11-27", "main"),
                hazards=tuple(
                    ReviewedHazard(rank, "loses data", "✗", "grant-widened", f"drops shop.{name} with its rows", 1204)
                    for rank in range(5)
                ),
                unmodelled=(f"text search configuration public.{name}",),
                cards=tuple(changed.cards(changed.compare(*dumps))),
                files=(ReviewedFile(f"0002_{name}.sql", f"-- why\nselect '{name * 9}';\n", "../a.sql"),),
                rows={"shop.scenes": 12},
            )
        )
    )
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_the_review_is_cut_off_or_overlaps(
    chromium: browser.Browser, review: Path, width: int, dark: bool
) -> None:
    chromium.open(review, width, dark=dark)
    chromium.picture(f"review-{width}-{'dark' if dark else 'light'}")
    assert chromium.errors == []
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value(CUT_OFF) == []
    assert chromium.value(BEYOND) == []
    assert chromium.value(OVERLAPPING % "'article, h1, h2, nav, .counts, .find, .hazards'") == []
    # Every colour of text is legible on what it stands on.
    paper = chromium.value("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(13, 17, 23)" if dark else "rgb(244, 245, 247)")


def test_the_filter_finds_by_name_and_by_sql(chromium: browser.Browser, review: Path) -> None:
    chromium.open(review, 1000)
    shown = "[...document.querySelectorAll('article.object:not([hidden]) h4')].map((one) => one.textContent)"
    for words, found in (("old_notes", ["shop.old_notes"]), ("owners write", ["shop.scenes"]), ("nowhere", [])):
        chromium.value(f"find.value = {words!r}; find.dispatchEvent(new Event('input'))")
        assert chromium.value(shown) == found
    assert chromium.value("document.querySelector('.shown').textContent") == "nothing found"
    chromium.value("find.value = ''; find.dispatchEvent(new Event('input'))")
    chromium.value("document.querySelector('[data-action=changed]').click()")
    assert chromium.value(shown) == ["shop.old_notes", "shop.order & <items>"]


def test_the_contents_lead_to_a_card_and_open_it(chromium: browser.Browser, review: Path) -> None:
    chromium.open(review, 1000)
    chromium.value("document.querySelector('#all').click()")
    assert chromium.value("document.querySelectorAll('article details[open]').length") == 0
    chromium.value("document.querySelector('nav [data-card=o3] a').click()")
    chromium.until("document.querySelector('#o3 details').open")


def test_what_is_closed_is_printed(chromium: browser.Browser, review: Path) -> None:
    chromium.open(review, 1000)
    opened = len(chromium.print())
    chromium.value("document.querySelector('#all').click()")
    assert len(chromium.print()) > opened * 0.9
    assert chromium.value("document.querySelectorAll('article details[open]').length") == 0


@pytest.fixture(scope="module")
def drawing(folder: Path) -> Path:
    path = folder / "diagram.html"
    path.write_text(diagram_page.page(diagrams.random_schema(34, 1), "shop: schema"))
    return path


# Headings that skip a level; the same id twice; what has no name for a screen reader.
SKIPPED = """(() => { let last = 0; return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => {
  const level = Number(one.tagName[1]), skipped = level > last + 1; last = level; return skipped; })
  .map((one) => one.outerHTML); })()"""
TWICE = """(() => { const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return ids.filter((one, place) => ids.indexOf(one) !== place); })()"""
NAMELESS = """[...document.querySelectorAll("button, input, select, summary, a[href], nav, [role=region], [role=group], table")]
  .filter((one) => one.tagName === "TABLE" ? !one.caption && !one.ariaLabel
    : !one.ariaLabel && !one.textContent.trim() && !one.labels?.length && !one.querySelector("title")
      && !one.getAttribute("aria-labelledby"))
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", ["review", "drawing", "changes"])
def test_headings_landmarks_and_labels_of_both_pages(
    chromium: browser.Browser, name: str, request: pytest.FixtureRequest
) -> None:
    chromium.open(request.getfixturevalue(name), 1000)
    assert chromium.value("document.documentElement.lang") == "en"
    assert chromium.value("document.querySelectorAll('h1').length") == 1
    assert chromium.value(
        "['header', 'main'].every((one) => document.querySelectorAll(`body > ${one}, .layout > ${one}`).length === 1)"
    )
    assert (chromium.value(SKIPPED), chromium.value(TWICE), chromium.value(NAMELESS)) == ([], [], [])
    assert chromium.value(
        "[...document.querySelectorAll('.card > table tr')].every((one) => one.querySelector('th[scope]'))"
    )
    # The keyboard reaches the text in one step, and what is closed by a key of its own.
    assert chromium.value("document.querySelector('a').className") == "skip"
    assert chromium.value("document.querySelector(document.querySelector('a.skip').hash) !== null")
    assert chromium.value("[...document.querySelectorAll('[tabindex]')].every((one) => one.tabIndex <= 0)")


def test_the_sql_of_a_file_is_copied_by_its_button(chromium: browser.Browser, review: Path) -> None:
    chromium.open(review, 1000)
    chromium.value("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    chromium.value("document.querySelector('button.copy').click()")
    chromium.until("window.copied !== undefined")
    assert chromium.value("window.copied").startswith("-- why\nselect 'a_table_")
    assert chromium.value("document.querySelector('.file a').getAttribute('href')") == "../a.sql"


INSIDE = """(() => {
  const pane = document.querySelector(".pane").getBoundingClientRect(), box = svg.getBoundingClientRect();
  const within = box.left >= pane.left - 1 && box.right <= pane.right + 1;
  return within && box.top >= pane.top - 1 && box.bottom <= pane.bottom + 1; })()"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_whole_diagram_fits_and_nothing_is_cut_off(
    chromium: browser.Browser, drawing: Path, width: int, dark: bool
) -> None:
    chromium.open(drawing, width, 1000, dark=dark)
    chromium.picture(f"diagram-{width}-{'dark' if dark else 'light'}", whole=False)
    assert chromium.errors == []
    assert chromium.value(INSIDE)
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value(CUT_OFF) == []
    assert chromium.value(BEYOND) == []
    assert chromium.value(OVERLAPPING % "'.card, h1, h2, header form, .zoom, .pane, .legend'") == []
    # A column's name is on one line.
    assert (
        chromium.value(
            "[...document.querySelectorAll('.card th')].filter((one) => one.getClientRects().length && "
            "one.firstChild && (() => { const text = document.createRange(); text.selectNodeContents(one);"
            "return text.getClientRects().length > 1; })()).length"
        )
        == 0
    )
    assert chromium.value(OVERLAPPING.replace("one.offsetParent", "one.closest('svg')") % "'.entity .box'") == []


@pytest.fixture(scope="module")
def changes(folder: Path) -> Path:
    path = folder / "changes.html"
    path.write_text(diagram_page.page(diagrams.changed_shop(), "shop: schema"))
    return path


@pytest.mark.parametrize(("width", "dark"), [(400, True), (1000, False), (1600, True)])
def test_a_compared_diagram_is_whole_and_shows_only_what_changes(
    chromium: browser.Browser, changes: Path, width: int, dark: bool
) -> None:
    chromium.open(changes, width, 1000, dark=dark)
    chromium.value("document.querySelector('.legend').open = true")
    chromium.picture(f"changes-{width}-{'dark' if dark else 'light'}")
    assert chromium.errors == []
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value(CUT_OFF) == []
    assert chromium.value(BEYOND) == []
    assert chromium.value(OVERLAPPING % "'.card, h1, h2, header form, .zoom, .pane, .legend, .changes'") == []
    assert chromium.value(OVERLAPPING % "'.card > *, .more > *'") == []
    shown = "[...document.querySelectorAll('.card')].filter((one) => one.offsetParent).length"
    every = chromium.value(shown)
    chromium.value("document.querySelector('#only').click()")
    assert every == chromium.value(shown) == 6
    # What says nothing of a change by its colour says it by a sign.
    fills = chromium.value("[...svg.querySelectorAll('.row')].map((one) => getComputedStyle(one).fill)")
    assert len(set(fills)) == 3


def test_the_picture_is_saved_as_a_png_of_all_of_it(chromium: browser.Browser, drawing: Path) -> None:
    chromium.open(drawing, 1000, 1000)
    width, height, kind = chromium.value(
        "drawn().then((canvas) => [canvas.width / size.width, canvas.height / size.height, canvas.toDataURL().slice(0, 15)])"
    )
    assert kind == "data:image/png;" and abs(width - 2) < 0.01 and abs(height - 2) < 0.01
    assert chromium.errors == []


@pytest.mark.parametrize(("scheme", "dark"), [("light", True), ("dark", True), ("light", False), ("dark", False)])
def test_an_embedded_picture_is_in_the_scheme_of_the_page_around_it(
    chromium: browser.Browser, folder: Path, scheme: str, dark: bool
) -> None:
    (folder / "embedded.svg").write_text(svg.document(diagrams.shop(), "shop"))
    page = folder / f"embedding-{scheme}.html"
    # As GitHub does it: the page has one scheme, whatever the system has.
    page.write_text(f'<html style="color-scheme: {scheme}"><body><img src="embedded.svg"></body></html>')
    chromium.open(page, 800, 600, dark=dark)
    chromium.until("document.images[0].complete")
    assert chromium.brightness(20, 20) == (scheme == "light")


def test_the_diagram_zooms_and_is_dragged(chromium: browser.Browser, drawing: Path) -> None:
    chromium.open(drawing, 1000, 1000)
    small = chromium.value("svg.getBoundingClientRect().width")
    chromium.value("document.querySelector('#full').click()")
    assert chromium.value("svg.getBoundingClientRect().width") > small
    chromium.value("pane.scrollTo(0, 0); pane.scrollIntoView()")
    x, y = chromium.value(
        "(() => { const box = pane.getBoundingClientRect(); return [box.left + 300, box.top + 300]; })()"
    )
    chromium.mouse("mousePressed", x, y, button="left", clickCount=1)
    chromium.mouse("mouseMoved", x - 100, y - 50, button="left")
    chromium.mouse("mouseReleased", x - 100, y - 50, button="left", clickCount=1)
    assert chromium.value("[pane.scrollLeft, pane.scrollTop]") == [100, 50]
    chromium.value("document.querySelector('#fit').click()")
    assert chromium.value(INSIDE)


def test_every_hit_is_found_and_counted(chromium: browser.Browser, drawing: Path) -> None:
    chromium.open(drawing, 1000, 1000)
    typed = "search.value = {!r}; search.dispatchEvent(new Event('input'))"
    chromium.value(typed.format("table_12"))
    count = chromium.value("document.querySelectorAll('.card.hit').length")
    assert count > 1 and chromium.value("said.textContent") == f"1 of {count}"
    chromium.value("document.querySelector('#next').click()")
    assert chromium.value("said.textContent") == f"2 of {count}"
    chromium.value(typed.format("nowhere"))
    assert chromium.value("said.textContent") == "nothing found"


# How many references stand out, how many fade, and how thick they are on the screen; how many tables fade.
SHOWN = """(() => { const style = (one) => getComputedStyle(one), seen = routes.map((one) => one.querySelector(".seen"));
  const bright = seen.filter((one) => style(one.parentNode).opacity === "1" && style(one).opacity === "1");
  return { bright: bright.length, faded: routes.filter((one) => style(one).opacity < 0.2).length,
    thick: bright.every((one) => style(one).strokeWidth === "3px" && style(one).vectorEffect === "non-scaling-stroke"),
    tables: entities.filter((one) => style(one).opacity < 0.5).length }; })()"""
AT = "(() => { const box = entities.find((one) => one.dataset.name === 'public.table_7').querySelector('.head').%s"
CENTRE = AT % "getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; })()"
# Of the colours of all lines, the least contrast with the ground.
CONTRAST = """(() => { const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = light(getComputedStyle(svg.querySelector(".frame")).fill);
  return Math.min(...routes.map((one) => light(getComputedStyle(one.querySelector(".seen")).stroke))
    .map((line) => (Math.max(line, ground) + 0.05) / (Math.min(line, ground) + 0.05))); })()"""


@pytest.fixture(scope="module")
def many(folder: Path) -> Path:
    path = folder / "many.html"
    path.write_text(diagram_page.page(diagrams.random_schema(300, 1), "shop: schema"))
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_of_three_hundred_tables_the_references_of_one_stand_out(
    chromium: browser.Browser, many: Path, dark: bool
) -> None:
    chromium.open(many, 1600, 1000, dark=dark)
    own = "routes.filter((one) => [one.dataset.from, one.dataset.to].includes('public.table_7')).length"
    count, every = chromium.value(own), chromium.value("routes.length")
    assert 0 < count < every
    nothing = {"bright": 0, "faded": 0, "thick": True, "tables": 0}
    assert chromium.value(SHOWN) == nothing
    chromium.mouse("mouseMoved", *chromium.value(CENTRE))
    shown = chromium.value(SHOWN)
    assert (shown["bright"], shown["faded"], shown["thick"]) == (count, every - count, True)
    assert shown["tables"] > 250
    assert chromium.value(CONTRAST) >= 3
    chromium.picture(f"many-{'dark' if dark else 'light'}", whole=False)
    chromium.mouse("mouseMoved", 3, 3)
    assert chromium.value(SHOWN) == nothing
    # Chosen, it stays so while the pointer is elsewhere; what has the keyboard's focus is shown as well.
    x, y = chromium.value(CENTRE)
    for kind in ("mousePressed", "mouseReleased"):
        chromium.mouse(kind, x, y, button="left", clickCount=1)
    chromium.mouse("mouseMoved", 3, 3)
    assert chromium.value(SHOWN) == shown
    chromium.value("dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
    assert chromium.value(SHOWN) == nothing
    chromium.value("entities.find((one) => one.dataset.name === 'public.table_7').querySelector('a').focus()")
    assert chromium.value(SHOWN) == shown
    # A reference alone.
    chromium.value("document.activeElement.blur(); routes[0].dispatchEvent(new MouseEvent('mouseenter'))")
    assert chromium.value(SHOWN)["bright"] == 1
    assert chromium.errors == []


def test_a_table_leads_to_its_card_and_a_reference_to_the_next(chromium: browser.Browser, drawing: Path) -> None:
    chromium.open(drawing, 1000, 1000)
    chromium.value(
        "svg.querySelector('.entity a').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    chromium.until("document.querySelector('.card:target')")
    links = chromium.value(
        "[...document.querySelectorAll('.card a')].every((one) => document.getElementById(one.hash.slice(1)))"
    )
    assert links is True


def dump_of_tables(count: int, column: str) -> str:
    return "".join(
        f"--\n-- Name: table_{number:03}; Type: TABLE; Schema: public; Owner: postgres\n--\n\n"
        f"CREATE TABLE public.table_{number:03} (\n    id integer NOT NULL,\n"
        + "".join(f"    column_{place} text,\n" for place in range(12))
        + f"    {column}\n);\n\n\n"
        f"--\n-- Name: table_{number:03} read; Type: POLICY; Schema: public; Owner: postgres\n--\n\n"
        f"CREATE POLICY read ON public.table_{number:03} USING (({column.split()[0]} IS NOT NULL));\n\n\n"
        for number in range(count)
    )


LEVELS = (("loses data", "✗"), ("opens access", "!"), ("blocks", "■"), ("breaks code", "~"), ("information", "·"))
ORIGIN = Origin("shop", "feature/many", "ab12cd3", "A Person", "2026-11-27", "main")


def hazards_of(ranks: Iterable[int]) -> tuple[ReviewedHazard, ...]:
    return tuple(
        ReviewedHazard(rank, *LEVELS[rank], "data-loss", f"column public.table_{number:03}.old is dropped with its values",
                       number * 12_345_678)
        for number, rank in enumerate(ranks)
    )  # fmt: skip


@pytest.fixture(scope="module")
def dangerous(folder: Path) -> Path:
    """Everything goes, and nothing else happens."""
    path, cards = folder / "dangerous.html", changed.cards(changed.compare(dump_of_tables(5, "old text"), ""))
    path.write_text(
        review_page.page(
            Review(title="drop_what_was_there", summary="−5 tables, −5 policies", origin=ORIGIN, cards=tuple(cards),
                   hazards=hazards_of([0] * 10), files=(ReviewedFile("0003_drop.sql", "DROP TABLE public.t;\n" * 5),),
                   rows={f"public.table_{number:03}": 12_345_678 for number in range(5)})
        )
    )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def large(folder: Path) -> Path:
    """Three hundred tables change, each with a hazard of one of the levels."""
    path = folder / "large.html"
    cards = changed.cards(changed.compare(dump_of_tables(300, "old text"), dump_of_tables(300, "new text")))
    path.write_text(
        review_page.page(
            Review(title="alter_300_tables", summary="~300 tables", origin=ORIGIN, cards=tuple(cards),
                   hazards=hazards_of(sorted(number % 5 for number in range(300))),
                   files=(ReviewedFile("0002_many.sql", "select 1;\n" * 3000, "../a.sql"),))
        )
    )  # fmt: skip
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["dangerous", "large"])
def test_the_smallest_and_the_largest_review_are_whole_in_every_width(
    chromium: browser.Browser, name: str, width: int, dark: bool, request: pytest.FixtureRequest
) -> None:
    chromium.open(request.getfixturevalue(name), width, dark=dark)
    chromium.picture(f"{name}-{width}-{'dark' if dark else 'light'}", whole=False)
    assert chromium.errors == []
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert (chromium.value(CUT_OFF), chromium.value(BEYOND)) == ([], [])
    assert chromium.value(OVERLAPPING % "'h1, h2, nav, .counts, .find, .hazards, .counts li'") == []


def test_every_level_is_counted_on_top_and_long_lists_of_lesser_harm_are_folded(
    chromium: browser.Browser, large: Path
) -> None:
    chromium.open(large, 1000)
    shown = chromium.value("[...document.querySelectorAll('.counts .level')].map((one) => one.textContent)")
    assert shown == ["✗ loses data: 60", "! opens access: 60", "■ blocks: 60", "~ breaks code: 60"]
    closed = "[...document.querySelectorAll('.hazards details:not([open]) .level')].map((one) => one.textContent)"
    assert chromium.value(closed) == ["■ blocks", "~ breaks code", "· information"]
    assert chromium.value("document.querySelectorAll('.hazards .l0, .hazards .l1').length") == 2
    chromium.value("dispatchEvent(new Event('beforeprint'))")
    assert chromium.value(closed) == []


def test_a_review_of_three_hundred_tables_is_usable_and_prints(chromium: browser.Browser, large: Path) -> None:
    assert large.stat().st_size < 3_000_000
    chromium.open(large, 1000)
    assert chromium.errors == []
    # Milliseconds; 2,500 on two cores that do other things as well.
    loaded = chromium.value("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < loaded < 15_000
    assert chromium.value("document.documentElement.scrollWidth") <= 1000
    assert chromium.value(f"({BEYOND}).length") == 0
    seconds = chromium.value(
        "(() => { const from = performance.now(); find.value = 'table_123'; find.dispatchEvent(new Event('input'));"
        " document.body.getBoundingClientRect(); return (performance.now() - from) / 1000; })()"
    )
    assert seconds < 2
    shown = "[...document.querySelectorAll('article.object:not([hidden]) h4')].map((one) => one.textContent)"
    assert chromium.value(shown) == ["public.table_123"]
    printed = chromium.print()
    assert printed.startswith(b"%PDF") and len(printed) < 20_000_000
