import re

from benchmarking import urls
from benchmarking.services.benchmarks import RESERVED

WORD = re.compile(r"(?:desk/)?benchmarking/([a-z][a-z-]*)/")


def test_no_benchmark_takes_the_address_of_another_page():
    assert {found.group(1) for one in urls.urlpatterns if (found := WORD.match(str(one.pattern)))} == RESERVED
