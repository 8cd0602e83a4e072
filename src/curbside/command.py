"""``curbside``: the one command line for all that an operator does. Each command runs in its own site's process."""

import os
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

Site = Literal["named", "anonymous", "plain"]


@dataclass(frozen=True, slots=True)
class Command:
    """One or two words, the site whose settings it needs, where it lives, and what it does."""

    words: tuple[str, ...]
    site: Site
    home: str
    summary: str


COMMANDS = (
    Command(("keys", "make"), "plain", "curbside.kit.keys:make_command", "write the key files that are missing"),
    Command(("demo", "run"), "plain", "curbside.demo:run_command", "migrate, seed and serve a demo on this machine"),
    Command(("demo", "erase"), "plain", "curbside.demo:erase_command", "erase the demo, so that the next start begins anew"),
    Command(("serve", "named"), "plain", "curbside.serve:named_command", "serve the named side"),
    Command(("serve", "anonymous"), "plain", "curbside.serve:anonymous_command", "serve the anonymous side"),
    Command(("serve", "wallet"), "plain", "curbside.serve:wallet_command", "serve the wallet's files and copies of the rolls"),
    Command(("proof", "verify"), "plain", "curbside.credential.command:verify_command", "say whether a proof holds, and why not"),
    Command(("roll", "audit"), "plain", "curbside.credential.command:audit_command", "check a registrar's editions from outside"),
    Command(("deid", "spans"), "plain", "curbside.deid.command:spans_command", "find what could identify a patient in texts"),
    Command(("deid", "evaluate"), "plain", "curbside.deid.command:evaluate_command", "compare the findings with annotated texts"),
    Command(("deid", "train"), "plain", "curbside.deid.command:train_command", "train the tagger of names anew"),
    Command(("deid", "rules"), "plain", "curbside.deid.command:rules_command", "print the rules that browsers run too"),
    Command(("deid", "rescan"), "anonymous", "moderation:rescan_posts", "search all posts again after an update of the guard"),
    Command(("deid", "picture"), "plain", "curbside.deid.pictures.command:picture_command", "find text and faces in a picture"),
    Command(("register", "import"), "named", "registers:import_register", "import a national register's file"),
    Command(("registrar", "invite"), "named", "doctors:invite_registrar", "print a link with which a registrar signs up"),
    Command(("evidence", "erase"), "named", "verification:erase_evidence", "erase evidence that has been kept for its longest time"),
    Command(("evidence", "reseal"), "named", "verification:reseal_evidence", "put uploaded evidence under the present evidence key"),
    Command(("licences", "end-lapsed"), "named", "verification:end_lapsed", "end licences that their register no longer has in force"),
    Command(("roll", "publish"), "named", "roll:publish_roll", "publish an edition if one is due"),
    Command(("roll", "rewrite"), "named", "roll:rewrite_roll", "sign all editions anew, after a change of keys or a loss of the folder"),
    Command(("roll", "adopt"), "named", "roll:adopt_roll", "after a restore: take up editions that were published since the backup"),
    Command(("roll", "key"), "named", "roll:print_roll_key", "print the public key that editions are signed with"),
    Command(("edition", "fetch"), "anonymous", "membership:fetch_editions", "fetch and check the registrars' newest editions"),
    Command(("texts", "sweep"), "anonymous", "sealing:sweep_keys", "remove keys that have no text"),
    Command(("texts", "forget-order"), "anonymous", "sealing:forget_order", "forget in which order texts changed"),
    Command(("texts", "settle"), "anonymous", "sealing:settle_texts", "after a restore: count texts without keys and keys without texts"),
    Command(("backup", "prune"), "plain", "curbside.backup.commands:prune_command", "remove backups older than some days"),
    Command(("backup",), "plain", "curbside.backup.commands:backup_command", "copy a database into a dated file, while the site serves"),
    Command(("restore",), "plain", "curbside.backup.commands:restore_command", "put a backup in place of a database"),
    Command(("oneoffs", "forget"), "anonymous", "cases:forget_oneoffs", "erase what counted one-off posts on days that are over"),
    Command(("mailboxes", "keep"), "anonymous", "notifications:keep_mailboxes", "make boxes for new members, forget old notifications"),
    Command(("shelves", "keep"), "anonymous", "shelf:keep_shelves", "make shelves for new members"),
    Command(("hubs", "measure"), "anonymous", "cases:measure_hubs", "measure how soon each specialty's cases are answered"),
    Command(("cases", "remind"), "anonymous", "cases:remind_authors", "ask authors of cases that wait what happened"),
    Command(("polls", "forget"), "anonymous", "polls:forget_votes", "erase the marks of who voted in polls that have closed"),
    Command(("pool", "evaluate"), "anonymous", "cases:evaluate_pool", "say how often pooled lists of diagnoses held the outcome"),
    Command(("pool", "simulate"), "anonymous", "cases:simulate_pool", "make solved cases from questions, with simulated readers"),
    Command(("member", "ban"), "anonymous", "membership:ban_member", "ban a member: they read only, also under another pseudonym"),
    Command(("member", "unban"), "anonymous", "membership:unban_member", "lift a ban"),
    Command(("moderator", "appoint"), "anonymous", "moderation:appoint_moderator", "make a member a moderator"),
    Command(("moderator", "dismiss"), "anonymous", "moderation:dismiss_moderator", "take a moderator's tools away"),
    Command(("moderator", "list"), "anonymous", "moderation:list_moderators", "list the moderators"),
    Command(("moderation", "stats"), "anonymous", "moderation:moderation_stats", "say what waits for moderators and what they did"),
    Command(("moderation", "apply"), "anonymous", "moderation:apply_sanctions", "give sanctions decided about members behind an alias"),
    Command(("moderation", "forget"), "anonymous", "moderation:forget_decisions", "forget decisions and sanctions whose time is over"),
    Command(("keys", "rotate"), "anonymous", "sealing:rotate_keys", "put every text's key under a new key of the operator"),
    Command(("keys", "replace"), "plain", "curbside.kit.keys:replace_command", "write a new secret, evidence or signing key"),
    Command(("keys", "forget"), "plain", "curbside.kit.keys:forget_command", "let a replaced key count no more"),
    Command(("keys", "retire"), "anonymous", "sealing:retire_key", "destroy an operator's key that wraps nothing any more"),
    Command(("sessions", "end", "named"), "named", ":end_sessions", "sign everyone out of the named side"),
    Command(("sessions", "end", "anonymous"), "anonymous", ":end_sessions", "sign everyone out of the anonymous side"),
    Command(("demo", "seed-named"), "named", "roll:seed_demo", "fill the named side of a demo with invented doctors"),
    Command(("demo", "seed-anonymous"), "anonymous", "cases:seed_demo", "fill the community of a demo with published cases"),
    Command(("conditions", "load"), "anonymous", "conditions:load_conditions", "load medical conditions and their synonyms"),
    Command(("search", "index"), "anonymous", "search:index_texts", "keep the search index in memory, until stopped"),
    Command(("pictures", "look"), "anonymous", "pictures:look_at_pictures", "look for text and faces in pictures, until stopped"),
    Command(("pictures", "settle"), "anonymous", "pictures:settle_pictures", "after a restore: count pictures without files"),
    Command(("pictures", "forget"), "anonymous", "pictures:forget_pictures", "erase pictures that nobody posted, and stray files"),
    Command(("languages", "compile"), "plain", "curbside.languages:compile_command", "compile the translations of the pages"),
    Command(("migrate",), "plain", "curbside.upkeep:migrate_command", "bring a side's databases up to date"),
    Command(("collect",), "plain", "curbside.upkeep:collect_command", "gather a side's styles and scripts where it serves them from"),
    Command(("work",), "plain", "curbside.upkeep:work_command", "run a side's duties by the clock"),
    Command(("tidy",), "plain", "curbside.upkeep:tidy_command", "rewrite a side's tables, so that nothing erased stays in them"),
    Command(("wallet", "configure"), "plain", "curbside.wallet:configure_command", "write the wallet's config.json from the settings"),
    Command(("wallet", "mirror"), "plain", "curbside.wallet:mirror_command", "copy the registrars' rolls to the wallet's host"),
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
    chosen = next((command for command in COMMANDS if list(command.words) == arguments[: len(command.words)]), None)
    if chosen is None:
        related = tuple(command for command in COMMANDS if command.words[0] == arguments[0])
        print(_help(related or COMMANDS), file=sys.stdout if arguments[1:] in ([], ["-h"], ["--help"]) and related else sys.stderr)
        sys.exit(0 if arguments[1:] in ([], ["-h"], ["--help"]) and related else 2)
    rest = arguments[len(chosen.words) :]
    sys.exit(_run_plain(chosen, rest) if chosen.site == "plain" else _run_django(chosen, rest))


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
    from pkgutil import resolve_name

    from django.core.exceptions import ImproperlyConfigured

    run = resolve_name(command.home)
    try:
        status: int = run(arguments)
    except ImproperlyConfigured as error:
        print(f"curbside: {error}", file=sys.stderr)
        return 2
    return status


def _run_django(command: Command, arguments: list[str]) -> int:
    """Run a management command of one site; the other site's modules are never loaded."""
    os.environ["DJANGO_SETTINGS_MODULE"] = f"curbside.{command.site}.settings"
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import get_commands, load_command_class

    try:
        django.setup()
        app, name = command.home.split(":")
        package = f"curbside.{command.site}.{app}" if app else str(get_commands()[name])
        load_command_class(package, name).run_from_argv([" ".join(("curbside", *command.words[:-1])), command.words[-1], *arguments])
    except ImproperlyConfigured as error:
        print(f"curbside: {error}", file=sys.stderr)
        return 2
    return 0
