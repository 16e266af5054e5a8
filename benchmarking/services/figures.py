from ..models import RunFigure


def keep(figure: RunFigure) -> RunFigure:
    """Once for all who start from it; the event is that of the relation which is drawn to it."""
    return RunFigure.objects.get_or_create(area=figure.area, node=figure.node)[0]
