"""`esm city`: several districts, each in a file or a schema on a server."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.desk.city_context import CityDesk
from esm.cli.shell.command_decorators import command, listing
from esm.cli.shell.options import argument
from esm.domain.desk.district_answer import DistrictState, DistrictUpgrade, troubled
from esm.domain.desk.integrity import Flaw
from esm.errors import say
from esm.sheets.desk import city as city_sheets
from esm.storage.database import connection, migration
from esm.storage.database.integrity import learn_definitions
from esm.storage.desk.district_place import District
from esm.usecases.desk import district_state, integrity


@command("esm city add 江北", "esm city add 江北 /data/jiangbei.db")
def add(
    desk: CityDesk,
    name: Annotated[str, argument("NAME", _("What the district is called; on a server also its schema."))],
    place: Annotated[
        str | None, argument("[PLACE]", _("A file or an address; by default a file beside the list, NAME.db."))
    ] = None,
) -> None:
    """Add a district to the city, with a new empty database unless one stands at its place."""
    district, is_new = desk.city.add(name, place)
    if is_new:
        desk.note(say("Created the district {name} at {path}.", name=name, path=district.place))
    else:
        desk.note(say("Added the district {name} at {path}.", name=name, path=district.place))


@listing("esm city list", of=[city_sheets.state_sheet], has_known_at=False)
def list_(desk: CityDesk) -> None:
    """List the districts of the city; exits with 1 if one cannot be read."""

    def state(district: District) -> DistrictState:
        place = district.reading_place
        revision = connection.schema_at(place)
        if revision != connection.REVISION:
            return DistrictState(revision)
        with connection.reading(place) as reading:
            return district_state.district_state(reading, desk.today)

    states = list(desk.visit_each(state))
    desk.show(city_sheets.state_sheet(states))
    _leave(all(each.answer is not None and each.answer.is_readable for each in states))


@listing("esm city check", of=[city_sheets.flaw_sheet], has_known_at=False)
def check(desk: CityDesk) -> None:
    """Check every database of the city; exits with 1 if one is not intact or cannot be read."""

    def flaws(district: District) -> list[Flaw]:
        learn_definitions(district.place)
        with connection.reading(district.place) as reading:  # as `esm db` asks for no standby (docs/decisions/0050)
            return integrity.flaws(reading)

    with desk.busy(say("Checking the districts")):
        checked = list(desk.visit_each(flaws, on_primary=True))
    desk.show(city_sheets.flaw_sheet(checked))
    _leave(all(each.answer == [] for each in checked))


@listing("esm city upgrade", of=[city_sheets.upgrade_sheet], has_known_at=False)
def upgrade(desk: CityDesk) -> None:
    """Upgrade every district that is older than this version; exits with 1 if one could not be."""

    def upgraded(district: District) -> DistrictUpgrade:
        done = migration.upgrade(district.place, desk.header())
        return DistrictUpgrade(done.before, done.after, None if done.backup is None else str(done.backup))

    with desk.busy(say("Upgrading the districts")):
        upgrades = list(desk.visit_each(upgraded, on_primary=True))
    desk.show(city_sheets.upgrade_sheet(upgrades))
    _leave(not troubled(upgrades))


def _leave(is_well: bool) -> None:
    if not is_well:
        raise typer.Exit(1)
