"""Dragging an item by its handle leads where its buttons lead, and only a mouse is offered one."""

from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.builder import click, five, opened, order, settled
from tests.journeys.conftest import PHONE, Visit

TALL = {"viewport": {"width": 1280, "height": 1600}}  # nothing is near an edge, so nothing scrolls
HANDLE = "li[data-item='{}'] > .handle"


def test_a_handle_drags_to_the_place_that_buttons_lead_to(cast: Cast, visit: Visit) -> None:
    meeting = five(cast)
    maria = opened(visit(TALL, who=cast.maria), meeting)

    def drag(item: int, to: int, *, below: bool) -> None:
        maria.locator(HANDLE.format(item)).scroll_into_view_if_needed()
        handle = maria.locator(HANDLE.format(item)).bounding_box()
        assert handle
        maria.mouse.move(handle["x"] + 10, handle["y"] + 10)
        maria.mouse.down()
        target = maria.locator(f"#item-{to}").bounding_box()
        assert target
        maria.mouse.move(handle["x"] + 10, target["y"] + target["height"] * (0.8 if below else 0.2), steps=5)

    drag(1, 3, below=True)
    with maria.expect_response(lambda one: one.request.method == "POST"):
        maria.mouse.up()
    settled(maria)
    dragged = order(meeting)
    click(maria, "#undo")
    assert order(meeting) == list("ABCDE")
    for _ in range(2):
        click(maria, "#down-1")
    assert order(meeting) == dragged == list("BCADE")
    # Escape leaves it where it was; elsewhere in the row text can be selected and nothing is dragged.
    drag(1, 2, below=False)
    maria.keyboard.press("Escape")
    maria.mouse.up()
    title = maria.locator("#item-1 h3 span:last-child").bounding_box()
    assert title
    maria.mouse.move(title["x"] + 2, title["y"] + 5)
    maria.mouse.down()
    maria.mouse.move(title["x"] + 2, title["y"] - 300, steps=4)
    maria.mouse.up()
    assert order(meeting) == dragged


def test_dragging_to_an_edge_scrolls_the_page(cast: Cast, visit: Visit) -> None:
    meeting = five(cast)
    maria = opened(visit({"viewport": {"width": 1280, "height": 660}}, who=cast.maria), meeting)
    maria.locator(HANDLE.format(5)).scroll_into_view_if_needed()
    handle = maria.locator(HANDLE.format(5)).bounding_box()
    assert handle
    maria.mouse.move(handle["x"] + 10, handle["y"] + 10)
    maria.mouse.down()
    maria.mouse.move(handle["x"] + 10, 20, steps=5)
    maria.wait_for_selector("#item-1.drop-above")  # the first row has come into sight
    with maria.expect_response(lambda one: one.request.method == "POST"):
        maria.mouse.up()
    settled(maria)
    assert order(meeting) == list("EABCD")


def test_no_handle_where_a_finger_scrolls(cast: Cast, visit: Visit) -> None:
    meeting = five(cast)
    phone = opened(visit(PHONE, who=cast.maria), meeting)
    expect(phone.locator(".handle")).to_have_count(0)
    click(phone, "#down-1")
    assert order(meeting) == list("BACDE")
