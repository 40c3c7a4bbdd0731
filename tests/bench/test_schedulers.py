"""The benchmark of reminding runs and its table renders, for a handful of people."""

from __future__ import annotations

from pathlib import Path

from bench import peer_cell, schedulers
from bench.peer_gauges import Figures
from bench.schedulers import Cell

PEOPLE = 50


async def here(cell: Cell, _limit: float) -> Figures | None:
    """Run a phase in this process, so that nothing is imported anew; cut one off."""
    if (cell.design, cell.phase) == ("stored", "register"):
        return None
    return await peer_cell.run(cell.design, cell.phase, cell.size, cell.folder, cell.idle)


async def test_table_of_schedulers_renders() -> None:
    """Each way has a row; every reminder of a few fires; what was cut off says so."""
    lines = await schedulers.measure((PEOPLE,), limit=7, idle=0.01, run=here, extras=False)
    rows = [line for line in lines if line.lstrip().startswith(f"{PEOPLE}  ")]
    assert len(rows) == len(schedulers.DESIGNS)
    for row, design in zip(rows, schedulers.DESIGNS, strict=True):
        assert design.name in row
        assert " 5      5 " in row, "five were due, and five fired"
    assert [row for row in rows if "more than 7 s" in row] == [rows[1]]
    assert any(line.startswith("5 due in one minute: 0 dropped") for line in lines)


async def test_phase_of_a_process_of_its_own(tmp_path: Path) -> None:
    """A phase that ran in its own process tells its figures, one over the limit tells none."""
    cell = Cell("memory", "start", PEOPLE, tmp_path, idle=0.01)
    told = await schedulers.apart(cell, limit=20)
    assert told is not None
    assert {"anew", "memory", "idle"} == told.keys()
    assert await schedulers.apart(cell, limit=0.1 - schedulers.IMPORTS) is None
