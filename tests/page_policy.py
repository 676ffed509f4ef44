"""The policy that the checker page must carry: the hashes of its script and its style. Run this to write them in."""

import base64
import hashlib
import re
from pathlib import Path

PAGE = Path(__file__).parent.parent / "resources" / "verify.html"


def policy_in(text: str) -> str:
    """The policy that a page carries."""
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    return policy


def policy_for(text: str) -> str:
    """The policy that belongs to a page: nothing but this script and this style."""
    hashes = {}
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        hashes[tag] = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{hashes['script']}'; style-src 'sha256-{hashes['style']}'; "
        "base-uri 'none'; form-action 'none'"
    )


def main() -> None:
    text = PAGE.read_bytes().decode()
    PAGE.write_bytes(text.replace(policy_in(text), policy_for(text)).encode())
    print(policy_for(text))


if __name__ == "__main__":
    main()
