"""Where in the world a person is, as far as their clock is concerned; works without a network."""

from bot.places.finding import Found, NotFound, Several, find_zone
from bot.places.location import zone_at
from bot.places.place import Place, place_of
from bot.places.popular import popular

__all__ = ["Found", "NotFound", "Place", "Several", "find_zone", "place_of", "popular", "zone_at"]
