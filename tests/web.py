"""A real web server on loopback that answers as it is told, and what may be asked of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def loopback(host: str) -> bool:
    """The only addresses that tests connect to."""
    return host in {"127.0.0.1", "::1"}


@dataclass
class Site:
    """What stands under which path; `asked` is every request, in order."""

    port: int = 0
    pages: dict[str, web.Response | Answer] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> str:
        """Let this stand under a path; its address."""
        data = body.encode() if isinstance(body, str) else body
        said: Mapping[str, str] = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(request: web.Request) -> web.Response:
            return web.Response(body=data, headers={"Content-Type": kind, **said})

        self.pages[path] = answer
        return self.url(path)

    def send_on(self, path: str, to: str, status: int = 302) -> str:
        """Let a path lead to another address; its own."""

        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": to})

        self.pages[path] = answer
        return self.url(path)

    def fail(self, path: str, status: int, **headers: str) -> str:
        """Let a path answer with a status; its address."""

        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})

        self.pages[path] = answer
        return self.url(path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        page = self.pages.get(request.path)
        return web.Response(status=404) if page is None else await page(request)  # type: ignore[operator]


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """A server, until the block ends."""
    site = Site()
    runner = web.ServerRunner(web.Server(site.answer), handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()
        await asyncio.sleep(0)


async def endless(request: web.Request) -> web.StreamResponse:
    """A page that never ends."""
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    while True:
        await response.write(b"and so on " * 1000)


async def slow(request: web.Request) -> web.StreamResponse:
    """A page of which a byte comes now and then."""
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    while True:
        await response.write(b"a")
        await asyncio.sleep(0.02)
