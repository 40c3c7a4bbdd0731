"""The command `limber`: each command in a few lines, its imports only when it is called."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

BAD_SETTING, REJECTED = 2, 3


@click.group(invoke_without_command=True)
@click.pass_context
def limber(context: click.Context) -> None:
    """Walk people through a short daily mobility routine on Telegram.

    Without a command: the bot where TELEGRAM_BOT_TOKEN is set, else the sandbox.
    """
    if context.invoked_subcommand is None:
        from bot.running import settings_or_exit

        token = settings_or_exit().telegram_bot_token
        context.invoke(run if token else sandbox)


@limber.command()
def run() -> None:
    """Run the bot against the Bot API at TELEGRAM_API_URL."""
    from bot.running import run_bot

    sys.exit(run_bot())


@limber.command()
def sandbox() -> None:
    """Run the bot against a local Bot API with a chat page; no token is needed."""
    from bot.running import settings_or_exit
    from sandbox.start import run_sandbox

    settings = settings_or_exit()
    sys.exit(run_sandbox(settings.sandbox_port))


@limber.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Validate the content pack in FOLDER, by default the one in CONTENT_DIR."""
    from bot import checking
    from bot.running import settings_or_exit

    sys.exit(checking.run(folder or settings_or_exit().content_dir))


@limber.command()
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), help="The pack, by default CONTENT_DIR."
)
@click.argument("kind")
@click.argument("key")
def new(kind: str, key: str, folder: Path | None) -> None:
    """Write a commented skeleton of a content file called KEY.

    KIND is exercise, practice, routine, note, question, gate or pack.
    """
    from bot.running import say, settings_or_exit
    from content import skeletons

    try:
        pack = folder or skeletons.own_pack(settings_or_exit().content_dir)
        click.echo(f"{skeletons.write(kind, key, pack)} is written; limber check looks at it")
    except skeletons.Refused as refused:
        say(str(refused))
        sys.exit(1)


@limber.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("pictures"), help="The folder to fill."
)
@click.argument("key", required=False)
def render(key: str | None, out: Path) -> None:
    """Write the pictures and clips of the pack, or of one entry or routine, as files."""
    from bot import exhibition
    from bot.running import settings_or_exit

    sys.exit(exhibition.run(settings_or_exit().content_dir, key, out))


@limber.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--unanswered", is_flag=True, help="Print what people asked without an answer.")
@click.argument("question", required=False)
def ask(as_json: bool, unanswered: bool, question: str | None) -> None:
    """Answer QUESTION as the bot would; without one, each line of standard input."""
    if unanswered:
        from bot.unanswered import run as show

        sys.exit(show(as_json=as_json))
    from bot.asking import answer_lines, spoken_lines

    questions = [question] if question is not None else (line.rstrip("\n") for line in sys.stdin)
    objects = (json.dumps(answer, ensure_ascii=False) for answer in answer_lines(questions))
    for line in objects if as_json else spoken_lines(questions):
        click.echo(line)


@limber.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the database to FILE, whole and consistent, while the bot goes on."""
    from bot import backups

    sys.exit(backups.back_up(file))


@limber.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database of a stopped bot."""
    from bot import backups

    sys.exit(backups.restore(file))


@limber.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def move(source: str, target: str) -> None:
    """Copy all that is stored FROM one database TO another, empty one, and compare each row.

    Each is written as in DATABASE_URL. No bot may use them meanwhile.
    """
    from bot import backups

    sys.exit(backups.move(source, target))


@limber.command()
def doctor() -> None:
    """Look at everything the bot depends on, and say what to do."""
    from bot import doctor as looks

    sys.exit(looks.run())


def main() -> None:
    """Run the command line."""
    limber()
