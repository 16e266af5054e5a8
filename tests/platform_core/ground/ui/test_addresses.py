import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/repository/?q=%00", "/en/repository/%00/", "/api/v1/records/?q=a%00b"])
def test_an_address_with_a_nul_is_refused(client, address):
    assert client.get(address).status_code == 400
