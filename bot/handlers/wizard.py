"""The wizard: a reminder put together by buttons, each of which holds all that was chosen."""

from __future__ import annotations

from telegram import Update

from bot.board import show_plan
from bot.callbacks import Compose, PickMinute, SetDraft, WizardPage
from bot.context import BotContext
from bot.domain.draft import Draft, Form
from bot.domain.reminder import ReminderKind
from bot.domain.session import Refused
from bot.reply import Reply
from bot.services import composing, scheduling
from bot.views import home
from bot.views import wizard as view
from bot.views.wizard import Wizard


async def compose(update: Update, context: BotContext, tap: Compose) -> None:
    """Show the screen of the wizard that the button leads to."""
    wizard = await _wizard(context, tap.page, tap.reminder, tap.draft)
    if wizard is None:
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    lacking = _lacking(wizard.draft, tap.page)
    reply = home.toast(lacking, context.texts) if lacking else _page(context, wizard, tap.page)
    await context.screen.show(update, reply)


async def pick_minute(update: Update, context: BotContext, tap: PickMinute) -> None:
    """Ask for the minute of another time."""
    wizard = await _wizard(context, WizardPage.TIMES, tap.reminder, tap.draft)
    if wizard is None or not 0 <= tap.hour <= 23:
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    await context.screen.show(update, view.minute(wizard, tap.hour, context.texts))


async def set_draft(update: Update, context: BotContext, tap: SetDraft) -> None:
    """Make the draft a reminder, or change one to it."""
    draft, person_id = Draft.from_code(tap.draft), context.someone.id
    if draft is None:
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    found = await composing.set_draft(context.deps, person_id, tap.reminder, draft)
    if found is None:
        lacking = _lacking(draft, WizardPage.DAYS) or "wizard.no_room"
        await context.screen.show(update, home.toast(lacking, context.texts))
        return
    await show_plan(update, context, found)


async def _wizard(
    context: BotContext, page: WizardPage, reminder: int | None, code: str
) -> Wizard | None:
    """Return what a button holds; None where it cannot be any more."""
    draft, deps, person = Draft.from_code(code), context.deps, context.someone
    if draft is None:
        return None
    if reminder is not None and isinstance(
        await composing.begin(deps, person.id, reminder), Refused
    ):
        return None
    if draft.kind is ReminderKind.PRACTICE:
        if person.expecting is not None:  # what is typed now is no time of the routine
            await scheduling.forget_question(deps, person.id)
        chosen = composing.practice(deps.catalogue.practices, draft)
        if chosen is None and page is not WizardPage.PRACTICE:
            return None
    return Wizard(draft, reminder, person, deps.now())


def _page(context: BotContext, wizard: Wizard, page: WizardPage) -> Reply:
    texts = context.texts
    match page:
        case WizardPage.KIND:
            return view.kind(wizard, texts)
        case WizardPage.PRACTICE:
            return view.practice(wizard, context.deps.catalogue, texts)
        case WizardPage.FORM:
            return view.form(wizard, texts)
        case WizardPage.TIMES:
            return view.times(wizard, texts)
        case WizardPage.HOUR:
            return view.hour(wizard, texts)
        case WizardPage.WINDOW:
            return view.window(wizard, texts)
        case WizardPage.DAYS:
            return view.days(wizard, texts)


def _lacking(draft: Draft, page: WizardPage) -> str | None:
    """Return the sentence for a draft that cannot be shown or set yet; None where it can."""
    if not draft.weekdays:
        return "wizard.no_day"
    if draft.form is Form.TIMES:
        no_time = not draft.times and page is WizardPage.DAYS
        return "wizard.no_time" if no_time else None
    return None if draft.possible else "wizard.no_room"
