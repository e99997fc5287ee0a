"""``python -m bot collection …``: what Docent's keepers do with collections."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tqdm import tqdm

from bot import app
from bot.collections.enrolment import Enrolment, Progress, checked_name
from bot.collections.listing import read_listing
from bot.collections.naming import named
from bot.conversation.phrases import Phrases
from bot.errors import UserError
from bot.memory.collections import Collection, Collections
from bot.memory.store import Store
from bot.settings import Settings

PHRASES = Phrases()
Action = Callable[[Settings, argparse.Namespace], Awaitable[int]]


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for collections to the command line."""
    collection = commands.add_parser("collection", help="works that Docent knows on sight")
    actions = collection.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="bring a collection in step with a folder")
    add.add_argument("folder", metavar="FOLDER", type=Path, help="pictures and collection.csv")
    add.add_argument("--name", required=True, help="what the museum is called")
    add.add_argument("--private", action="store_true", help="found only where it is named")
    listed = actions.add_parser("list", help="show every collection")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    export = actions.add_parser("export", help="write pictures and collection.csv into a folder")
    remove = actions.add_parser("remove", help="remove a collection with its pictures")
    publish = actions.add_parser("publish", help="let every chat find a collection's works")
    hide = actions.add_parser("hide", help="let only chats that name it find a collection's works")
    for action in (export, remove, publish, hide):
        action.add_argument("name", metavar="NAME")
    export.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", help="new or empty; else NAME, here"
    )
    reindex = actions.add_parser("reindex", help="enrol again what another network described")
    reindex.add_argument("name", metavar="NAME", nargs="?", help="else every collection")


async def collection(settings: Settings, options: argparse.Namespace) -> int:
    """Run one of the commands; 1, with a sentence, where it cannot be done."""
    try:
        return await ACTIONS[options.action](settings, options)
    except UserError as error:
        print(PHRASES.explain(error), file=sys.stderr)
        return 1


async def _add(settings: Settings, options: argparse.Namespace) -> int:
    name = checked_name(options.name)
    await asyncio.to_thread(read_listing, options.folder)  # before anything is made
    async with _enrolment(settings) as enrolment:
        made = await enrolment.collections.make(name, public=not options.private)
        with _progress(made.name) as progress:
            report = await enrolment.add_folder(made, options.folder, progress)
    for bad in report.bad:
        line = PHRASES.say("row_bad", line=bad.line, reason=PHRASES.explain(bad.error))
        print(line, file=sys.stderr)
    if report.unused:
        unused = ", ".join(report.unused)
        print(PHRASES.say("columns_unused", columns=unused), file=sys.stderr)
    told = PHRASES.say(
        "collection_added",
        name=made.name,
        added=len(report.added),
        changed=len(report.changed),
        unchanged=len(report.unchanged),
        removed=len(report.removed),
        bad=len(report.bad),
    )
    print(told)
    return int(bool(report.bad))


async def _list(settings: Settings, options: argparse.Namespace) -> int:
    async with _collections(settings) as collections:
        listed = await collections.all()
    for each in listed:
        if options.json:
            shown = {"name": each.name, "works": each.works, "public": each.public}
            print(json.dumps({**shown, "platform": each.made.platform}))
        else:
            reach = PHRASES.say("collection_public" if each.public else "collection_private")
            print(PHRASES.say("collection_line", name=each.name, count=each.works, reach=reach))
    if not listed and not options.json:
        print(PHRASES.say("collections_none"))
    return 0


async def _export(settings: Settings, options: argparse.Namespace) -> int:
    async with _enrolment(settings) as enrolment:
        found = await chosen(enrolment.collections, options.name)
        folder = options.folder or Path(found.name.replace("/", "-"))
        works = await enrolment.export(found, folder)
    print(PHRASES.say("collection_exported", name=found.name, count=works, folder=folder))
    return 0


async def _remove(settings: Settings, options: argparse.Namespace) -> int:
    async with _collections(settings) as collections:
        found = await chosen(collections, options.name)
        await collections.remove(found.id)
    print(PHRASES.say("collection_removed", name=found.name, count=found.works))
    return 0


async def _publish(settings: Settings, options: argparse.Namespace) -> int:
    public = options.action == "publish"
    async with _collections(settings) as collections:
        found = await chosen(collections, options.name)
        await collections.publish(found.id, public=public)
    reach = PHRASES.say("collection_public" if public else "collection_private")
    print(PHRASES.say("collection_line", name=found.name, count=found.works, reach=reach))
    return 0


async def _reindex(settings: Settings, options: argparse.Namespace) -> int:
    failed = False
    async with _enrolment(settings) as enrolment:
        collections = enrolment.collections
        every = await collections.all()
        some = [await chosen(collections, options.name)] if options.name else every
        for each in some:
            with _progress(each.name) as progress:
                renewed, lost = await enrolment.renew(each, progress)
            print(PHRASES.say("collection_renewed", name=each.name, count=renewed))
            for title in lost:
                print(PHRASES.say("work_lost", title=title), file=sys.stderr)
            failed |= bool(lost)
    return int(failed)


ACTIONS: dict[str, Action] = {
    "add": _add,
    "list": _list,
    "export": _export,
    "remove": _remove,
    "publish": _publish,
    "hide": _publish,
    "reindex": _reindex,
}


async def chosen(collections: Collections, name: str) -> Collection:
    """Return the collection of a name, the keepers' own first. Raises `UserError`."""
    found = named(await collections.all(), name)
    own = [each for each in found if not each.made.platform]
    if len(own or found) != 1:
        raise UserError("collection_several" if found else "collection_unknown", name=name)
    return (own or found)[0]


@asynccontextmanager
async def _collections(settings: Settings) -> AsyncIterator[Collections]:
    store = await Store.open(settings.database)
    try:
        yield Collections(store)
    finally:
        await store.close()


@asynccontextmanager
async def _enrolment(settings: Settings) -> AsyncIterator[Enrolment]:
    async with app.open_eyes(settings) as (recognizer, collections):
        yield Enrolment(collections, recognizer)


@contextmanager
def _progress(name: str) -> Iterator[Progress]:
    """Show a bar on a terminal's standard error."""
    with tqdm(desc=name, unit="work", disable=None) as bar:

        def show(done: int, of_all: int) -> None:
            bar.total = of_all
            bar.update(done - bar.n)

        yield show
