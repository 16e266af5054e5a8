"""What people do in a call for expressions of interest, in their words."""

from datetime import datetime

from .steps import press


def open_until(page, call: str, end: datetime) -> None:
    page.goto(call)
    press(page, "main a:has-text('Open the call')")
    page.fill("input[name=day]", f"{end:%Y-%m-%d}")
    page.fill("input[name=hour]", f"{end:%H:%M}")
    press(page, "main form.form button")


def send(page, call: str, named: list[tuple[str, str, str]]) -> str:
    page.goto(call)
    press(page, "main a:has-text('Answer the call')")
    for field in page.locator("main textarea[name^=q]").all():
        field.fill("Because we have done it.")
    for place, (role, name, mailbox) in enumerate(named):
        page.select_option(f"select[name=p{place}_role]", role)
        page.fill(f"input[name=p{place}_name]", name)
        page.fill(f"input[name=p{place}_email]", f"{mailbox}@example.org")
        page.fill(f"textarea[name=p{place}_competences]", "Cluster financing")
    page.check("input[name=agreed]")
    press(page, "main form.form button:has-text('Send')")
    return page.url


def named_in(page, call: str) -> bool:
    page.goto(call)
    return page.locator("main a:has-text('You were named here')").count() > 0


def evaluate(page, organisation: str, value: int, *, interest: str = "") -> None:
    """Declares no interest and scores; or says which interest it is, and steps back."""
    page.goto("/en/assessments/evaluations/")
    press(page, f"main .rec:has(li:text-is('Asked')) a:has-text('{organisation}')")
    page.check(f"main input[name=has_conflict][value={'yes' if interest else 'no'}]")
    if interest:
        page.fill("textarea[name=why_conflict]", interest)
    press(page, "main form.form button")
    if interest:
        return
    for radio in page.locator("main fieldset input[type=radio][value='1']").all():
        choice = page.locator(f"main input[name={radio.get_attribute('name')}][value='{value}']")
        (choice if choice.count() else radio).check()
    for reason in page.locator("main textarea[name^=reason_]").all():
        reason.fill("So I read it.")
    press(page, "main form.form button:has-text('Submit')")


def keep_short_list(page, call: str, seats: dict[str, str]) -> list[str]:
    """What hinders the conclusion then. `seats` are decisions by the person's name and seat."""
    page.goto(f"{call}shortlist/")
    for label, decision in seats.items():
        page.get_by_label(label).select_option(decision)
    for reason in page.locator("main textarea[name^=r]").all():
        reason.fill("As the scores say.")
    press(page, "main form.form button")
    return page.locator("main .sec:has-text('Before the call can be concluded') + ul li").all_inner_texts()
