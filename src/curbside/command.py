"""``curbside``: the one command line for all that an operator does. Each command runs in its own site's process."""

import os
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

Site = Literal["named", "anonymous", "plain"]


@dataclass(frozen=True, slots=True)
class Command:
    """Two words, the site whose settings it needs, where it lives, and what it does."""

    words: tuple[str, str]
    site: Site
    home: str
    summary: str


COMMANDS = (
    Command(("keys", "make"), "plain", "curbside.kit.keys:make_command", "write the key files that are missing"),
    Command(("demo", "run"), "plain", "curbside.demo:run_command", "migrate, seed and serve a demo on this machine"),
    Command(("serve", "named"), "plain", "curbside.serve:named_command", "serve the named side"),
    Command(("serve", "anonymous"), "plain", "curbside.serve:anonymous_command", "serve the anonymous side"),
    Command(("serve", "wallet"), "plain", "curbside.serve:wallet_command", "serve the wallet's files and copies of the rolls"),
    Command(("proof", "verify"), "plain", "curbside.credential.command:verify_command", "say whether a proof holds, and why not"),
    Command(("roll", "audit"), "plain", "curbside.credential.command:audit_command", "check a registrar's editions from outside"),
    Command(("register", "import"), "named", "registers:import_register", "import a national register's file"),
    Command(("registrar", "invite"), "named", "doctors:invite_registrar", "print a link with which a registrar signs up"),
    Command(("evidence", "erase"), "named", "verification:erase_evidence", "erase evidence that has been kept for its longest time"),
    Command(("roll", "publish"), "named", "roll:publish_roll", "publish an edition if one is due"),
    Command(("edition", "fetch"), "anonymous", "membership:fetch_editions", "fetch and check the registrars' newest editions"),
    Command(("texts", "sweep"), "anonymous", "sealing:sweep_keys", "remove keys that have no text"),
    Command(("demo", "seed-named"), "named", "roll:seed_demo", "fill the named side of a demo with invented doctors"),
    Command(("demo", "seed-anonymous"), "anonymous", "cases:seed_demo", "fill the community of a demo with published cases"),
    Command(("migrate", "named"), "named", ":migrate", "bring the named side's database up to date"),
    Command(("migrate", "anonymous"), "anonymous", ":migrate_all", "bring the anonymous side's databases up to date"),
    Command(("check", "named"), "named", ":check", "check the named side's settings and models"),
    Command(("check", "anonymous"), "anonymous", ":check", "check the anonymous side's settings and models"),
)


def main() -> None:
    """Run the command that the arguments name, and exit with its status."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_help(COMMANDS))
        sys.exit(0)
    if arguments[0] == "--version":
        print(version("curbside"))
        sys.exit(0)
    chosen = next((command for command in COMMANDS if list(command.words) == arguments[:2]), None)
    if chosen is None:
        related = tuple(command for command in COMMANDS if command.words[0] == arguments[0])
        print(_help(related or COMMANDS), file=sys.stdout if arguments[1:] in ([], ["-h"], ["--help"]) and related else sys.stderr)
        sys.exit(0 if arguments[1:] in ([], ["-h"], ["--help"]) and related else 2)
    sys.exit(_run_plain(chosen, arguments[2:]) if chosen.site == "plain" else _run_django(chosen, arguments[2:]))


def _help(commands: tuple[Command, ...]) -> str:
    width = max(len(" ".join(command.words)) for command in commands)
    lines = [f"  {' '.join(command.words):<{width}}  {command.summary}" for command in commands]
    return "\n".join(
        (
            "usage: curbside COMMAND [options]    (curbside COMMAND --help tells a command's options)",
            "",
            *lines,
            "",
            "Settings come from the environment; docs/operating.md lists them. CURBSIDE_MODE=demo uses keys and files of its own in var/.",
        )
    )


def _run_plain(command: Command, arguments: list[str]) -> int:
    from pkgutil import resolve_name  # noqa: PLC0415 - each command loads only what it needs

    run = resolve_name(command.home)
    status: int = run(arguments)
    return status


def _run_django(command: Command, arguments: list[str]) -> int:
    """Run a management command of one site; the other site's modules are never loaded."""
    os.environ["DJANGO_SETTINGS_MODULE"] = f"curbside.{command.site}.settings"
    import django  # noqa: PLC0415 - settings must be named first
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"curbside: {error}", file=sys.stderr)
        return 2
    app, name = command.home.split(":")
    package = f"curbside.{command.site}.{app}" if app else str(get_commands()[name])
    load_command_class(package, name).run_from_argv(["curbside " + command.words[0], command.words[1], *arguments])
    return 0
