"""The watched folder: a file that is put there becomes a Source of every workspace that the folder feeds.

A file is taken once two looks found it unchanged (so that a copy under way is not read half). What became of it is
kept in the store: nothing is taken twice, a restart goes on where it was, a bad file is left alone until it changes.
A file that changes is a new version of the Source that it made, and takes its place.
What lies there when a workspace is fed for the first time is added quietly; what comes later is announced.
"""

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import App
from bot.domain import Added, SourceStatus, WatchedFile
from bot.errors import Busy, DossierError, StoreError
from bot.texts import _

log = logging.getLogger(__name__)

BY = "folder"
_ADDED = "added"
_OUR_FAULT = _("Something went wrong inside Dossier while this was read; the log says what.")
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".swp", "~")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file was touched."""

    size: int
    mtime_ns: int


Files = Mapping[str, Stamp]


def scan(folder: Path) -> Files:
    """The files under a folder by relative path; hidden ones, links and half-written downloads are passed over."""
    return dict(sorted(_walk(folder))) if folder.is_dir() else {}


def settled(before: Files, now: Files) -> Files:
    """The files that two looks found the same."""
    return {path: stamp for path, stamp in now.items() if before.get(path) == stamp}


def untaken(files: Files, known: Mapping[str, WatchedFile]) -> tuple[str, ...]:
    """The paths of the files that are new or were touched since they were dealt with, in order."""
    return tuple(
        path
        for path, stamp in files.items()
        if path not in known or Stamp(known[path].size, known[path].mtime_ns) != stamp
    )


class Watch:
    """Looks at the folder; `workspaces` names those that may be fed at the moment."""

    def __init__(self, app: App, workspaces: Callable[[], Sequence[str]]) -> None:
        """Nothing was seen yet."""
        self.app = app
        self.workspaces = workspaces
        self._before: Files = {}
        self._known: dict[str, dict[str, WatchedFile]] = {}
        self._begun: set[str] = set()

    async def look(self, told: Callable[[str, int, int], None] | None = None) -> int:
        """Look once and add what has come; how many files were dealt with. `told` hears (path, number, of how many).

        Raises `StoreError` where the store cannot be used; what was not dealt with is tried at the next look.
        """
        now = await asyncio.to_thread(scan, self.app.settings.seeds)
        files, self._before = settled(self._before, now), now
        fed = [workspace for workspace in self.workspaces() if self.app.settings.feeds(workspace)]
        await self._learn(fed)
        todo = {workspace: untaken(files, self._known[workspace]) for workspace in fed}
        paths = list(dict.fromkeys(path for paths in todo.values() for path in paths))
        for number, path in enumerate(paths):
            if told:
                told(path, number, len(paths))
            await self._take(path, files[path], [workspace for workspace in fed if path in todo[workspace]])
        if files or not now:
            await self._begin(fed)
        return len(paths)

    def forget(self, workspace: str) -> None:
        """Know nothing of a workspace any more, as the store does not."""
        self._known.pop(workspace, None)
        self._begun.discard(workspace)

    async def _learn(self, workspaces: Sequence[str]) -> None:
        """What the store knows of workspaces that were not looked after before."""
        for workspace in workspaces:
            if workspace not in self._known:
                self._known[workspace] = await self.app.read(lambda store, one=workspace: store.watched(one))  # type: ignore[misc]
                if await self.app.read(lambda store, one=workspace: store.kept(_key(one))):  # type: ignore[misc]
                    self._begun.add(workspace)

    async def _begin(self, workspaces: Sequence[str]) -> None:
        """From now on what comes for these workspaces is announced."""
        for workspace in workspaces:
            if workspace not in self._begun:
                await self.app.write(lambda store, one=workspace: store.keep(_key(one), "1"))  # type: ignore[misc]
                self._begun.add(workspace)

    async def _take(self, path: str, stamp: Stamp, workspaces: Sequence[str]) -> None:
        """Add one file to the workspaces that want it."""
        try:
            data = await asyncio.to_thread((self.app.settings.seeds / path).read_bytes)
        except OSError as error:
            log.warning("%s in the watched folder cannot be opened: %s", path, error)
            return
        digest = hashlib.sha256(data).hexdigest()
        for workspace in workspaces:
            try:
                file = await self._add(workspace, path, stamp, data, digest)
            except (Busy, StoreError) as error:
                log.warning("%s waits for the next look: %s", path, error)
                return
            await self.app.write(lambda store, to=workspace, one=file: store.mark_watched(to, one))  # type: ignore[misc]
            self._known[workspace][path] = file

    async def _add(self, workspace: str, path: str, stamp: Stamp, data: bytes, digest: str) -> WatchedFile:
        """Add it, unless it holds what it held before; a file that cannot be read is noted with the reason."""
        known = self._known[workspace].get(path)
        if known and known.hash == digest:
            return WatchedFile(path, stamp.size, stamp.mtime_ns, digest, known.outcome, known.source)
        try:
            added = await self.app.add_source(
                workspace,
                data,
                Path(path).name,
                added_by=BY,
                announce=workspace in self._begun,
                supersedes=await self._earlier(workspace, known),
            )
        except (Busy, StoreError):
            raise
        except DossierError as error:
            log.warning("%s was not added to %s: %s", path, workspace, error)
            return WatchedFile(path, stamp.size, stamp.mtime_ns, digest, str(error))
        except Exception:
            log.exception(
                "%s was not added to %s: reading it failed; it is left alone until it changes", path, workspace
            )
            return WatchedFile(path, stamp.size, stamp.mtime_ns, digest, _OUR_FAULT)
        log.info("%s is %s in %s", path, _outcome(added), workspace)
        return WatchedFile(path, stamp.size, stamp.mtime_ns, digest, _outcome(added), added.source.id)

    async def _earlier(self, workspace: str, known: WatchedFile | None) -> str:
        """The Source that this file made before and that counts still: what it holds now is a new version of it."""
        made = known.source if known and known.outcome == _ADDED else None
        if made is None:
            return ""
        held = await self.app.read(lambda store: store.source(workspace, made))
        return held.id if held.status is SourceStatus.CURRENT else ""


def _outcome(added: Added) -> str:
    return "duplicate" if added.duplicate else _ADDED


def _key(workspace: str) -> str:
    return f"folder:{workspace}"


def _walk(folder: Path, under: str = "") -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        log.warning("%s cannot be listed: %s", folder, error)
        return
    for entry in entries:
        path = f"{under}{entry.name}"
        if entry.name.startswith((".", "~")) or entry.name.endswith(_UNFINISHED) or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path), f"{path}/")
        elif entry.is_file():
            found = entry.stat()
            yield path, Stamp(found.st_size, found.st_mtime_ns)
