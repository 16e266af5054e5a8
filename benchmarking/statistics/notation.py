"""Methods written as text, `minmax:1:100`: the same on the command line, in stored recipes and in files of draws."""

import math
from dataclasses import dataclass

from .problems import StatisticsError

NUMBER, TEXT = object(), object()


@dataclass(frozen=True)
class Method:
    name: str
    arguments: tuple

    def __str__(self):
        return ":".join([self.name, *(written(argument) for argument in self.arguments)]).rstrip(":")


def written(argument):
    if isinstance(argument, float):
        return repr(int(argument)) if argument.is_integer() else repr(argument)
    return str(argument)


def read(text, forms, step):
    """`forms` holds, by name, the defaults of arguments: numbers, texts, None, or NUMBER and TEXT where one is needed."""
    name, *given = [part.strip() for part in str(text).split(":")]
    if name not in forms:
        raise StatisticsError("unknown_method", step=step, value=str(text), known=", ".join(forms))
    form = forms[name]
    if len(given) > len(form) or any(default in (NUMBER, TEXT) for default in form[len(given) :]):
        raise StatisticsError("wrong_arguments", step=step, value=str(text), form=shown(name, form))
    stood_in = [default for default in form[len(given) :] if default is not None]
    taken = (argument(part, default, step, text) for part, default in zip(given, form, strict=False))
    return Method(name, (*taken, *stood_in))


def argument(part, default, step, text):
    if default is TEXT or isinstance(default, str):
        return part
    try:
        number = float(part)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise StatisticsError("not_a_number", step=step, value=str(text), part=part)
    return number


def shown(name, form):
    """`minmax:0:100`, as an example of what can be written."""
    told = {NUMBER: "NUMBER", None: "NUMBER", TEXT: "NAME"}
    return ":".join([name, *(told.get(default) or written(default) for default in form)])
