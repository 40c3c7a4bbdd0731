"""Takes the README's picture: the chat page in the middle of a routine, on a phone.

Run it as `python -m tools.readme_picture` after a change that people can see.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from tests.browser import chromium, ready
from tests.process.test_first_light import onboard, sees, tap

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "routine.png"
PHONE = {"width": 390, "height": 888}


async def main() -> None:
    """Walk to the fourth step and save what the phone shows."""
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            cwd=folder,
            env=os.environ | {"SANDBOX_PORT": "0", "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        found = re.search(r"http://\S+", (await process.stdout.readline()).decode())
        assert found is not None
        await take(found[0])
        process.terminate()
        await process.wait()


async def take(address: str) -> None:
    """Save the picture of the page at `address`."""
    async with chromium() as browser:
        context = await browser.new_context(
            viewport=PHONE, device_scale_factor=2, color_scheme="light"
        )
        page = await ready(await context.new_page(), address)
        await onboard(page)
        await page.click("#jump")
        await sees(page, "one step at a time")
        await tap(page, "Start")
        for number in range(1, 4):
            await sees(page, f"{number}/")
            await tap(page, "Done")
        await sees(page, "4/")
        await page.locator('[role="status"]', has_text="Jumped").wait_for(state="hidden")
        await asyncio.sleep(0.5)
        await page.screenshot(path=PICTURE)


if __name__ == "__main__":
    asyncio.run(main())
