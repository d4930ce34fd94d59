"""A map of the municipalities as tiles: one for each, about where it lies, all of one size."""

from kommunalvalg.frozen import FrozenDict

__all__ = ["TILES"]

_ROWS = """
4 Hjørring, 5 Frederikshavn, 6 Læsø
3 Jammerbugt, 4 Brønderslev, 5 Aalborg, 12 Gribskov, 13 Helsingør
1 Thisted, 2 Morsø, 3 Vesthimmerlands, 4 Rebild, 5 Mariagerfjord, 11 Halsnæs, 12 Hillerød, 13 Fredensborg
0 Lemvig, 1 Struer, 2 Skive, 3 Viborg, 4 Randers, 5 Norddjurs, 11 Frederikssund, 12 Allerød, 13 Hørsholm
1 Holstebro, 2 Herning, 3 Silkeborg, 4 Favrskov, 5 Syddjurs, 9 Odsherred, 11 Egedal, 12 Furesø, 13 Rudersdal, 14 Lyngby-Taarbæk
1 Ringkøbing-Skjern, 2 Ikast-Brande, 3 Skanderborg, 4 Aarhus, 6 Samsø, 9 Kalundborg, 10 Holbæk, 11 Ballerup, 12 Herlev, 13 Gladsaxe, 14 Gentofte
0 Varde, 1 Billund, 2 Vejle, 3 Hedensted, 4 Horsens, 5 Odder, 10 Lejre, 11 Albertslund, 12 Glostrup, 13 Rødovre, 14 Frederiksberg, 15 København
0 Fanø, 1 Esbjerg, 2 Vejen, 3 Kolding, 4 Fredericia, 5 Middelfart, 6 Nordfyns, 7 Kerteminde, 10 Roskilde, 11 Høje-Taastrup, 12 Vallensbæk, 13 Brøndby, 14 Hvidovre, 15 Tårnby, 16 Dragør
3 Haderslev, 5 Assens, 6 Odense, 7 Nyborg, 9 Slagelse, 10 Sorø, 11 Ringsted, 12 Greve, 13 Ishøj
2 Tønder, 3 Aabenraa, 4 Sønderborg, 6 Faaborg-Midtfyn, 7 Svendborg, 10 Næstved, 11 Køge, 12 Solrød, 16 Bornholm
6 Ærø, 7 Langeland, 10 Vordingborg, 11 Faxe, 12 Stevns
9 Lolland, 10 Guldborgsund
"""  # noqa: E501 - a line for each row of the map


def _placed() -> FrozenDict[str, tuple[int, int]]:
    places = {}
    for row, line in enumerate(_ROWS.strip().splitlines()):
        for tile in line.split(", "):
            column, _, name = tile.partition(" ")
            places[name] = (int(column), row)
    return FrozenDict(places)


TILES = _placed()
"""Council -> its column from the west and its row from the north, of the 98 municipalities since 2007."""
