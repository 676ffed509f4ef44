"""The published vectors of BIP 173 and BIP 350: what is valid is read exactly, what is not is pointed out."""

import pytest

from app.checks.bech32 import BadBech32, decode, decode_segwit
from app.checks.coins import bitcoin
from app.checks.result import Looks

BECH32 = """A12UEL5L a12uel5l
    an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs
    abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw
    11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j
    split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w ?1ezyfcl""".split()
BECH32M = """A1LQFN3A a1lqfn3a
    an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6
    abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx
    11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8
    split1checkupstagehandshakeupstreamerranterredcaperredlc445v ?1v759aa""".split()
NEITHER = [
    *(" 1nwldj5", "\x7f1axkwrx", "\x801eym55h", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3"),
    *("de1lg7wt\xff", "A1G7SGD8", "10a06t8", "1qzzfhee", " 1xj0phk", "\x7f1g6xzxy", "\x801vctc34", "qyrz8wqd2c9m"),
    *("1qyrz8wqd2c9m", "y1b0jsk6g", "lt1igcx5c0", "in1muywd", "mm1crxm3i", "au1s5cgom", "M1VUXWEZ", "16plkw9"),
    "1p2gdwpf",
    "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
    "an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4",
]
ADDRESSES = {
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": "0014751e76e8199196d454941c45d1b3a323f1433bd6",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7": "00201863143c14c5166804bd19203356da13"
    "6c985678cd4d27a1b8c6329604903262",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y": "5128751e76e8199196d45494"
    "1c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
    "BC1SW50QGDZ25J": "6002751e",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs": "5210751e76e8199196d454941c45d1b3a323",
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy": "0020000000c4a5cad46221b2a187905e5266"
    "362b99d5e91c6ce24d165dab93e86433",
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c": "5120000000c4a5cad46221b2a187905e5266"
    "362b99d5e91c6ce24d165dab93e86433",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "512079be667ef9dcbbac55a06295ce870b07"
    "029bfcdb2dce28d959f2815b16f81798",
}
NO_ADDRESS = {
    "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut": "not the length of a Bitcoin address",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd": "do not fit",
    "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf": "do not fit",
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL": "do not fit",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh": "do not fit",
    "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47": "do not fit",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4": "never occurs",
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R": "version that does not exist",
    "bc1pw5dgrnzv": "not the right length",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav": "not the right length",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P": "not the right length",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq": "are mixed",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf": "end of this address",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j": "end of this address",
    "bc1gmk9yu": "missing",
    # From BIP 173, before Bech32m.
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5": "do not fit",
    "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2": "version that does not exist",
    "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du": "do not fit",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7": "are mixed",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv": "end of this address",
}


@pytest.mark.parametrize("text", BECH32)
def test_a_bech32_text_is_read(text):
    assert decode(text)[2] == 1


@pytest.mark.parametrize("text", BECH32M)
def test_a_bech32m_text_is_read(text):
    assert decode(text)[2] == 0x2BC830A3


@pytest.mark.parametrize("text", NEITHER)
def test_what_breaks_a_rule_is_refused(text):
    with pytest.raises(BadBech32):
        decode(text)


@pytest.mark.parametrize(("text", "script"), ADDRESSES.items())
def test_a_segwit_address_gives_exactly_its_program(text, script):
    witness = decode_segwit(text)
    opcode = witness.version + 0x50 if witness.version else 0
    assert (bytes([opcode, len(witness.program)]) + witness.program).hex() == script
    assert bitcoin(text).looks is Looks.RIGHT
    assert bitcoin(text).normal == text.lower()


@pytest.mark.parametrize(("text", "why"), NO_ADDRESS.items())
def test_a_segwit_address_that_is_none_is_pointed_out_with_the_reason(text, why):
    found = bitcoin(text)
    assert found.looks is Looks.MISTAKE
    assert why in found.detail
    assert found.normal == ""
