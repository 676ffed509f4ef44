"""Links as people paste them: what they are, and the ids inside, of every platform."""

from datetime import UTC, datetime

import pytest

from app.kinds import Account, Exhibit, Incident, Platform, Takedown
from app.platforms import Caution, What, links_in, recognise

SNOWFLAKES = "319674150115610528/80351110224678912"
TEAMS_CHAT = "19:abcdef0123456789@thread.v2"
UUID = "0a1b2c3d-1111-2222-3333-444455556666"

# link | platform | what | the ids inside
TABLE = rf"""
skype:live:.cid.1a2b3c4d5e6f7a8b?chat | skype | profile | persistent_id=live:.cid.1a2b3c4d5e6f7a8b
skype:live:anna_b?call | skype | profile | persistent_id=live:anna_b
skype:anna.example42?chat | skype | profile | persistent_id=anna.example42
SKYPE:8:live:anna_b | skype | profile | persistent_id=live:anna_b
skype:anna.one;live:anna_b?chat | skype | thread | participants=anna.one;live:anna_b
https://join.skype.com/AbCdEf123456 | skype | invite | invite=AbCdEf123456
https://join.skype.com/invite/AbCdEf123456 | skype | invite | invite=AbCdEf123456
https://web.skype.com/ | skype | page |
https://teams.live.com/l/message/{TEAMS_CHAT}/1767225600000?context=%7B%22contextType%22:%22chat%22%7D | teams | message | chat={TEAMS_CHAT} message=1767225600000
https://teams.microsoft.com/l/message/19%3Aabcdef0123456789%40thread.v2/1767225600000 | teams | message | chat={TEAMS_CHAT} message=1767225600000
https://teams.microsoft.com/l/chat/{TEAMS_CHAT}/0 | teams | thread | chat={TEAMS_CHAT}
https://teams.microsoft.com/l/chat/0/0?users=anna@example.com | teams | profile | handle=anna@example.com email=anna@example.com
https://teams.live.com/l/chat/0/0?users=8:live:anna_b | teams | profile | persistent_id=8:live:anna_b
https://teams.live.com/meet/9312345678901?p=AbCd | teams | invite | invite=9312345678901
https://teams.live.com/l/invite/FEA123abc-DEF | teams | invite | invite=FEA123abc-DEF
https://www.facebook.com/profile.php?id=100001234567890 | facebook | profile | persistent_id=100001234567890
https://m.facebook.com/profile.php?v=info&id=100001234567890&fbclid=IwAR0abc | facebook | profile | persistent_id=100001234567890
http://facebook.com/anna.beispiel | facebook | profile | handle=anna.beispiel
https://www.facebook.com/anna.beispiel/about?locale=en_GB | facebook | profile | handle=anna.beispiel
https://de-de.facebook.com/Anna-Beispiel-GmbH-123456789/ | facebook | profile | handle=Anna-Beispiel-GmbH-123456789
https://www.facebook.com/100001234567890 | facebook | profile | persistent_id=100001234567890
https://www.facebook.com/people/Anna-Beispiel/100001234567890/ | facebook | profile | persistent_id=100001234567890
https://www.facebook.com/groups/987654321/user/100001234567890/ | facebook | profile | group=987654321 persistent_id=100001234567890
https://www.facebook.com/groups/some.group | facebook | group | group=some.group
https://www.facebook.com/groups/987654321/posts/1234567890123/ | facebook | post | group=987654321 post=1234567890123
https://www.facebook.com/groups/987654321/permalink/1234567890123/?comment_id=555666777 | facebook | comment | group=987654321 post=1234567890123 comment=555666777
https://www.facebook.com/anna.beispiel/posts/pfbid02AbCdEf | facebook | post | handle=anna.beispiel post=pfbid02AbCdEf
https://www.facebook.com/permalink.php?story_fbid=1234567890&id=100001234567890 | facebook | post | post=1234567890 persistent_id=100001234567890
https://m.facebook.com/story.php?id=100001234567890&story_fbid=pfbid02AbCdEf | facebook | post | post=pfbid02AbCdEf persistent_id=100001234567890
https://www.facebook.com/photo.php?fbid=1234567890123&set=a.111 | facebook | file | file=1234567890123
https://www.facebook.com/photo/?fbid=1234567890123 | facebook | file | file=1234567890123
https://www.facebook.com/watch/?v=1234567890123 | facebook | video | video=1234567890123
https://www.facebook.com/anna.beispiel/videos/1234567890123/ | facebook | video | handle=anna.beispiel video=1234567890123
https://www.facebook.com/reel/1234567890123 | facebook | video | video=1234567890123
https://www.facebook.com/stories/100001234567890/UzpfSVND/ | facebook | story | persistent_id=100001234567890
https://www.facebook.com/marketplace/profile/100001234567890/ | facebook | profile | persistent_id=100001234567890
https://www.facebook.com/messages/t/100001234567890 | facebook | thread | chat=100001234567890
https://www.facebook.com/messages/e2ee/t/7123456789012345/ | facebook | thread | chat=7123456789012345
https://www.facebook.com/messages/t/anna.beispiel | facebook | thread | handle=anna.beispiel
https://www.messenger.com/t/100001234567890 | facebook | thread | chat=100001234567890
https://www.messenger.com/e2ee/t/7123456789012345 | facebook | thread | chat=7123456789012345
https://m.me/anna.beispiel | facebook | profile | handle=anna.beispiel
https://m.me/j/AbC_dEf-1/ | facebook | invite | invite=AbC_dEf-1
fb://profile/100001234567890 | facebook | profile | persistent_id=100001234567890
https://www.facebook.com/share/p/1AbCdEfGhI/ | facebook | shortened | invite=1AbCdEfGhI
https://fb.watch/aBcDeFgHiJ/ | facebook | shortened |
https://fb.me/1AbCdEfGhI | facebook | shortened |
https://www.facebook.com/help/ | facebook | page |
https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa&h=AT0 | facebook | redirect | target=https://example.com/a
https://www.instagram.com/anna.example_/ | instagram | profile | handle=anna.example_
https://instagram.com/anna.example_?igsh=MzRlODBiNWFlZA== | instagram | profile | handle=anna.example_
https://www.instagram.com/p/CabcDEF1-_x/?img_index=1 | instagram | post | post=CabcDEF1-_x
https://www.instagram.com/anna.example_/p/CabcDEF1-_x/ | instagram | post | handle=anna.example_ post=CabcDEF1-_x
https://www.instagram.com/p/CabcDEF1-_x/c/17912345678901234/ | instagram | comment | post=CabcDEF1-_x comment=17912345678901234
https://www.instagram.com/reel/CabcDEF1-_x/ | instagram | video | post=CabcDEF1-_x
https://www.instagram.com/stories/anna.example_/3123456789012345678/ | instagram | story | handle=anna.example_ story=3123456789012345678
https://www.instagram.com/stories/highlights/17912345678901234/ | instagram | story | story=17912345678901234
https://www.instagram.com/direct/t/17812345678901234/ | instagram | thread | chat=17812345678901234
https://ig.me/m/anna.example_ | instagram | profile | handle=anna.example_
instagram://user?username=anna.example_ | instagram | profile | handle=anna.example_
https://instagr.am/p/CabcDEF1-_x | instagram | post | post=CabcDEF1-_x
https://www.instagram.com/explore/ | instagram | page |
https://www.snapchat.com/add/anna-example?share_id=abc | snapchat | profile | handle=anna-example
https://www.snapchat.com/@anna-example | snapchat | profile | handle=anna-example
https://story.snapchat.com/@anna-example | snapchat | profile | handle=anna-example
https://www.snapchat.com/spotlight/W7_EDlXWTBiXAEEniNoMPwAA | snapchat | video | post=W7_EDlXWTBiXAEEniNoMPwAA
https://web.snapchat.com/{UUID} | snapchat | thread | chat={UUID}
https://t.snapchat.com/AbCdEfGh | snapchat | shortened |
https://wa.me/447700900123?text=hi | whatsapp | profile | persistent_id=+447700900123 phone=+447700900123
https://wa.me/+447700900123 | whatsapp | profile | persistent_id=+447700900123 phone=+447700900123
https://api.whatsapp.com/send?phone=447700900123&text=hello | whatsapp | profile | persistent_id=+447700900123 phone=+447700900123
https://api.whatsapp.com/send/?phone=%2B447700900123 | whatsapp | profile | persistent_id=+447700900123 phone=+447700900123
whatsapp://send?phone=+447700900123 | whatsapp | profile | persistent_id=+447700900123 phone=+447700900123
https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv | whatsapp | invite | invite=AbCdEfGhIjKlMnOpQrStUv
https://whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOp1q | whatsapp | channel | channel=0029VaAbCdEfGhIjKlMnOp1q
https://wa.me/message/ABCDEFGHIJ1 | whatsapp | shortened | invite=ABCDEFGHIJ1
https://t.me/anna_example | telegram | profile | handle=anna_example
t.me/anna_example | telegram | profile | handle=anna_example
https://anna_example.t.me | telegram | profile | handle=anna_example
https://t.me/some_channel/123?single | telegram | message | handle=some_channel message=123
https://t.me/s/some_channel/123 | telegram | message | handle=some_channel message=123
https://t.me/some_group/45/678 | telegram | message | handle=some_group topic=45 message=678
https://t.me/c/1234567890/55 | telegram | message | chat=1234567890 message=55 chat_id=-1001234567890
https://t.me/c/1234567890/7/55 | telegram | message | chat=1234567890 topic=7 message=55 chat_id=-1001234567890
https://t.me/+AbCdEfGhIjKlMnOp | telegram | invite | invite=AbCdEfGhIjKlMnOp
https://telegram.me/joinchat/AbCdEfGhIjKlMnOp | telegram | invite | invite=AbCdEfGhIjKlMnOp
https://t.me/+447700900123 | telegram | profile | phone=+447700900123
https://web.telegram.org/k/#@anna_example | telegram | profile | handle=anna_example
https://web.telegram.org/a/#-1001234567890_55 | telegram | message | chat=1001234567890 message=55 chat_id=-1001234567890
https://web.telegram.org/a/#1234567890 | telegram | profile | persistent_id=1234567890
tg://resolve?domain=some_channel&post=123 | telegram | message | handle=some_channel message=123
tg:resolve?domain=anna_example | telegram | profile | handle=anna_example
tg://user?id=1234567890 | telegram | profile | persistent_id=1234567890
tg://privatepost?channel=1234567890&post=55 | telegram | message | chat=1234567890 message=55
tg://openmessage?user_id=1234567890&message_id=7 | telegram | message | persistent_id=1234567890 message=7
tg://join?invite=AbCdEfGhIjKlMnOp | telegram | invite | invite=AbCdEfGhIjKlMnOp
https://t.me/addstickers/Some_Pack | telegram | page |
https://discord.com/channels/@me/{SNOWFLAKES} | discord | message | channel=319674150115610528 message=80351110224678912
https://ptb.discord.com/channels/41771983423143937/{SNOWFLAKES} | discord | message | server=41771983423143937 channel=319674150115610528 message=80351110224678912
https://canary.discord.com/channels/41771983423143937/319674150115610528 | discord | channel | server=41771983423143937 channel=319674150115610528
https://discordapp.com/channels/@me/319674150115610528 | discord | thread | channel=319674150115610528
https://discord.com/users/80351110224678912 | discord | profile | persistent_id=80351110224678912
https://discord.gg/AbCdEf12 | discord | invite | invite=AbCdEf12
https://discord.com/invite/AbCdEf12 | discord | invite | invite=AbCdEf12
https://cdn.discordapp.com/attachments/319674150115610528/80351110224678912/image.png?ex=65&is=64 | discord | file | channel=319674150115610528 file=80351110224678912
https://cdn.discordapp.com/avatars/80351110224678912/8342729096ea3675442027381ff50dfe.png | discord | file | persistent_id=80351110224678912
discord://-/channels/@me/{SNOWFLAKES} | discord | message | channel=319674150115610528 message=80351110224678912
https://forum.example.com/t/some-topic/1234/56 | discourse? | post | topic=1234 post=56
https://forum.example.com/t/some-topic/1234 | discourse? | thread | topic=1234
https://example.com/forum/t/some-topic/1234/56?u=anna | discourse? | post | topic=1234 post=56
https://forum.example.com/u/anna_b/summary | discourse? | profile | handle=anna_b
https://meta.discourse.org/u/anna_b | discourse | profile | handle=anna_b
https://x.com/anna_example | x | profile | handle=anna_example
https://twitter.com/@anna_example | x | profile | handle=anna_example
https://mobile.twitter.com/anna_example/with_replies | x | profile | handle=anna_example
https://x.com/anna_example/status/1234567890123456789?s=46&t=abc | x | post | handle=anna_example post=1234567890123456789
https://twitter.com/anna_example/status/1234567890123456789/photo/1 | x | post | handle=anna_example post=1234567890123456789
https://x.com/i/web/status/1234567890123456789 | x | post | post=1234567890123456789
https://twitter.com/intent/user?user_id=1234567890 | x | profile | persistent_id=1234567890
https://x.com/i/user/1234567890 | x | profile | persistent_id=1234567890
https://x.com/messages/123456-7890123 | x | thread | chat=123456-7890123
https://t.co/AbCdEfGhIj | x | shortened |
https://x.com/home | x | page |
https://www.tiktok.com/@anna.example | tiktok | profile | handle=anna.example
https://www.tiktok.com/@anna.example/video/7123456789012345678?is_from_webapp=1 | tiktok | video | handle=anna.example video=7123456789012345678
https://www.tiktok.com/%40anna.example/photo/7123456789012345678 | tiktok | post | handle=anna.example post=7123456789012345678
https://m.tiktok.com/v/7123456789012345678.html | tiktok | video | video=7123456789012345678
https://vm.tiktok.com/ZMabcdefg/ | tiktok | shortened |
https://www.tiktok.com/t/ZTabcdefg/ | tiktok | shortened | invite=ZTabcdefg
https://www.reddit.com/user/anna_example/ | reddit | profile | handle=anna_example
https://old.reddit.com/u/anna_example | reddit | profile | handle=anna_example
https://www.reddit.com/r/example/comments/abc123/a_title/ | reddit | post | community=example post=abc123 post_fullname=t3_abc123
https://www.reddit.com/r/example/comments/abc123/a_title/def4567/?context=3 | reddit | comment | community=example post=abc123 comment=def4567 post_fullname=t3_abc123 comment_fullname=t1_def4567
https://www.reddit.com/r/example/comments/abc123/comment/def4567/ | reddit | comment | community=example post=abc123 comment=def4567 post_fullname=t3_abc123 comment_fullname=t1_def4567
https://www.reddit.com/user/anna_example/comments/abc123/a_title/ | reddit | post | handle=anna_example post=abc123 post_fullname=t3_abc123
https://www.reddit.com/r/example/s/AbCdEfGhIj | reddit | shortened | community=example invite=AbCdEfGhIj
https://redd.it/abc123 | reddit | shortened | post=abc123
https://reddit.com/r/example | reddit | group | community=example
https://www.linkedin.com/in/anna-beispiel-1a2b3c4d/ | linkedin | profile | handle=anna-beispiel-1a2b3c4d
https://uk.linkedin.com/in/anna-b%C3%BCrger?trk=public | linkedin | profile | handle=anna-bürger
https://www.linkedin.com/in/ACoAAB1234567890abcdefghij | linkedin | profile | persistent_id=ACoAAB1234567890abcdefghij
https://www.linkedin.com/posts/anna-beispiel_some-words-activity-7123456789012345678-AbCd?utm_source=share | linkedin | post | handle=anna-beispiel post=7123456789012345678
https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/ | linkedin | post | post=7123456789012345678
https://www.linkedin.com/messaging/thread/2-AbCdEf==/ | linkedin | thread | chat=2-AbCdEf==
https://lnkd.in/eAbCdEf | linkedin | shortened |
https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv | youtube | profile | persistent_id=UCabcdefghijklmnopqrstuv
https://www.youtube.com/@anna-example/videos | youtube | profile | handle=anna-example
https://www.youtube.com/user/AnnaOld | youtube | profile | older_name=AnnaOld
https://www.youtube.com/watch?v=abcdefghijk&t=42s | youtube | video | video=abcdefghijk
https://m.youtube.com/watch?app=desktop&v=abcdefghijk&lc=UgxAbC | youtube | comment | video=abcdefghijk comment=UgxAbC
https://youtu.be/abcdefghijk?si=XyZ | youtube | video | video=abcdefghijk
https://youtube.com/shorts/abcdefghijk | youtube | video | video=abcdefghijk
https://onlyfans.com/annie_example | onlyfans | profile | handle=annie_example
https://onlyfans.com/u12345678 | onlyfans | profile | persistent_id=u12345678 handle=u12345678
https://onlyfans.com/123456789/annie_example | onlyfans | post | post=123456789 handle=annie_example
https://onlyfans.com/my/chats/chat/12345678/ | onlyfans | thread | chat=12345678
https://fansly.com/annie_example/posts | onlyfans | profile | handle=annie_example
https://tinder.com/@anna_example | dating | profile | handle=anna_example
https://www.okcupid.com/profile/AbCdEfGhIj | dating | profile | persistent_id=AbCdEfGhIj
https://www.pof.com/viewprofile.aspx?profile_id=123456789 | dating | profile | persistent_id=123456789
https://badoo.com/profile/0123456789 | dating | profile | persistent_id=0123456789
https://bumble.com/en/ | dating | page |
mailto:anna@example.com?subject=Hello | email | address | persistent_id=anna@example.com email=anna@example.com
mailto:anna%40example.com | email | address | persistent_id=anna@example.com email=anna@example.com
tel:+44-7700-900123 | phone | address | persistent_id=+447700900123 phone=+447700900123
tel:+447700900123;ext=12 | phone | address | persistent_id=+447700900123 phone=+447700900123
sms:+447700900123?body=hi | phone | address | persistent_id=+447700900123 phone=+447700900123
https://boards.4chan.org/b/thread/123456789#p123456790 | image_board | board_post | board=b thread=123456789 post=123456790
https://boards.4chan.org/b/thread/123456789/some-words | image_board | thread | board=b thread=123456789
https://boards.4channel.org/soc/ | image_board | board | board=soc
https://i.4cdn.org/b/1700000000000.jpg | image_board | file | board=b file=1700000000000.jpg
https://8kun.top/b/res/123456.html#123457 | image_board | board_post | board=b thread=123456 post=123457
https://archive.4plebs.org/x/thread/123456789/#123456790 | image_board | board_post | board=x thread=123456789 post=123456790
https://board.example/b/res/123456.html#q123457 | image_board? | board_post | board=b thread=123456 post=123457
https://board.example/b/thread/123456 | image_board? | thread | board=b thread=123456
https://steamcommunity.com/profiles/76561190000000000/ | game | profile | persistent_id=76561190000000000
https://steamcommunity.com/id/anna_plays/friends | game | profile | handle=anna_plays
https://www.roblox.com/users/123456789/profile | game | profile | persistent_id=123456789
https://account.xbox.com/en-us/profile?gamertag=Anna%20Plays | game | profile | handle=Anna_Plays
https://s.team/p/abcd-efgh/ABCDEFGH | game | shortened |
https://signal.me/#p/+447700900123 | signal | profile | persistent_id=+447700900123 phone=+447700900123
https://signal.me/#eu/AbCdEfGhIjKlMnOp_-12 | signal | profile | user_link=AbCdEfGhIjKlMnOp_-12
https://signal.group/#CjQKIAbCdEfGhIjKl | signal | invite | invite=CjQKIAbCdEfGhIjKl
sgnl://signal.me/#p/+447700900123 | signal | profile | persistent_id=+447700900123 phone=+447700900123
https://www.threads.net/@anna.example/post/CabcDEF | other | post | handle=anna.example post=CabcDEF
https://bsky.app/profile/did:plc:abcdefghijklmnop/post/3kabcdef | other | post | persistent_id=did:plc:abcdefghijklmnop post=3kabcdef
https://anna-example.tumblr.com/post/123456789 | other | post | handle=anna-example post=123456789
https://www.pornhub.com/view_video.php?viewkey=ph5f0000000000 | website | video | video=ph5f0000000000
https://mega.nz/folder/AbCdEfGh#key | website | file | file=AbCdEfGh
https://bit.ly/3AbCdEf | - | shortened |
https://tinyurl.com/abc | - | shortened |
https://bitly.com/3AbCdEf | - | shortened |
https://maps.app.goo.gl/3AbCdEf | - | shortened |
https://pin.it/3AbCdEf | - | shortened |
https://x.gd/3AbCd | - | shortened |
https://wa.link/abcdef | whatsapp | shortened |
https://m.facebook.com/share/x/abc/ | facebook | shortened | invite=abc
https://l.facebook.com/l.php | facebook | redirect |
https://l.instagram.com/?e=AT0 | instagram | redirect |
https://www.google.com/url?q=https%3A%2F%2Fexample.com%2Fa&sa=D | website | redirect | target=https://example.com/a
https://www.google.com/url?sa=t | website | redirect |
https://www.youtube.com/redirect?q=https%3A%2F%2Fexample.com | youtube | redirect | target=https://example.com
https://out.reddit.com/t3_abc | reddit | redirect |
https://steamcommunity.com/linkfilter/?u=https%3A%2F%2Fexample.com | game | redirect | target=https://example.com
https://steamcommunity.com/linkfilter/https://example.com | game | redirect |
https://vk.com/away.php?to=https%3A%2F%2Fexample.com%2Fa&cc_key= | other | redirect | target=https://example.com/a
https://m.vk.com/away?to=https%3A%2F%2Fexample.com | other | redirect | target=https://example.com
https://www.example.com/videos/987654/a-title?ref=x | website | page |
"""  # noqa: E501


def rows() -> list[tuple[str, str, str, dict[str, str]]]:
    found = []
    for line in TABLE.strip().splitlines():
        link, platform, what, ids = (cell.strip() for cell in f"{line} ".split(" |"))
        pairs = (pair.partition("=")[::2] for pair in ids.split())
        found.append((link, platform, what, {name: value.replace("Anna_Plays", "Anna Plays") for name, value in pairs}))
    return found


def test_the_table_has_every_platform_with_a_profile_and_with_something_said_or_posted_there() -> None:
    seen = {(platform.rstrip("?"), what) for _, platform, what, _ in rows()}
    assert len(rows()) >= 120
    assert {platform for platform, _ in seen} >= {platform.value for platform in Platform}
    written = {"post", "message", "thread", "video", "board_post", "story", "comment", "file", "shortened", "page"}
    for platform in Platform:
        if platform not in {Platform.EMAIL, Platform.PHONE, Platform.SIGNAL}:
            assert {what for where, what in seen if where == platform.value} & written, platform


@pytest.mark.parametrize(("link", "platform", "what", "ids"), rows(), ids=[row[0] for row in rows()])
def test_a_link_says_where_it_leads_and_gives_its_ids(link: str, platform: str, what: str, ids: dict[str, str]) -> None:
    found = recognise(link)
    assert found is not None
    assert (found.platform.value if found.platform else "-") == platform.rstrip("?")
    assert found.what.value == what
    assert dict(found.ids) == ids
    assert found.certain is not platform.endswith("?")
    assert (Caution.MAY_BE in found.cautions) is platform.endswith("?")
    assert found.raw == found.fields["url"] == link


@pytest.mark.parametrize("link", [row[0] for row in rows()])
def test_a_link_is_found_again_inside_a_sentence(link: str) -> None:
    before, after = "Er schrieb: (siehe ", "), dann nichts mehr."
    found = links_in(f"{before}{link}{after}")
    assert [(item.start, item.end) for item in found] == [(len(before), len(before) + len(link))]
    assert found[0].recognised == recognise(link)


def test_what_follows_a_link_to_track_people_stays_in_it() -> None:
    link = "https://www.instagram.com/p/CabcDEF1-_x/?igsh=abc%3D%3D&utm_source=qr#reply"
    found = recognise(link)
    assert found is not None
    assert found.fields["url"] == found.fields["message_link"] == link


@pytest.mark.parametrize(
    ("link", "of", "moment", "checked"),
    [
        (f"https://discord.com/channels/@me/{SNOWFLAKES}", "message", "2015-08-10T17:26:37.529", True),
        ("https://discord.com/users/175928847299117063", "persistent_id", "2016-04-30T11:18:25.796", True),
        ("https://x.com/a/status/1212092628029698048", "post", "2019-12-31T19:26:16.771", False),
        (f"https://teams.live.com/l/message/{TEAMS_CHAT}/1767225600000", "message", "2026-01-01T00:00:00", False),
    ],
)
def test_the_time_inside_an_id_is_read(link: str, of: str, moment: str, checked: bool) -> None:
    found = recognise(link)
    assert found is not None
    assert found.time_inside is not None
    assert found.time_inside.at == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert (found.time_inside.of, found.time_inside.checked) == (of, checked)


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/jack/status/20",
        "https://x.com/a/status/9999999999999999999999999",
        "https://t.me/some_channel/123",
        "https://teams.live.com/l/message/19:a@thread.v2/99999999999999999999",
    ],
)
def test_no_time_is_made_up_for_an_id_that_has_none(link: str) -> None:
    found = recognise(link)
    assert found is not None
    assert found.time_inside is None


def test_a_profile_fills_the_fields_of_an_account() -> None:
    link = "https://www.facebook.com/groups/987654321/user/100001234567890/"
    found = recognise(link)
    assert found is not None
    assert found.fields_for(Account) == {
        "platform": "facebook", "persistent_id": "100001234567890", "profile_url": link, "group": "987654321"
    }  # fmt: skip
    assert Account.from_data(found.fields_for(Account)).platform is Platform.FACEBOOK


def test_a_post_fills_account_incident_exhibit_and_takedown_each_with_what_it_has() -> None:
    link = "https://x.com/anna_example/status/1234567890123456789?s=46"
    found = recognise(link)
    assert found is not None
    assert found.fields_for(Account) == {
        "platform": "x", "handle": "anna_example", "profile_url": "https://x.com/anna_example", "message_link": link
    }  # fmt: skip
    for kind in (Incident, Exhibit):
        filled = found.fields_for(kind)
        assert filled["url"] == link
        assert filled["place"] == "post 1234567890123456789"
        assert "Twitter" in filled["platform"]
    assert found.fields_for(Takedown) == {"url": link}


def test_a_post_on_a_board_fills_board_thread_and_post() -> None:
    found = recognise("https://boards.4chan.org/b/thread/123456789#p123456790")
    assert found is not None
    account = found.fields_for(Account)
    assert (account["board"], account["thread"], account["post"]) == ("b", "123456789", "123456790")
    assert found.fields_for(Incident)["place"] == "boards.4chan.org, board b, thread 123456789, post 123456790"


def test_an_invitation_goes_to_the_group_and_a_site_to_its_address() -> None:
    invite = recognise("https://discord.gg/AbCdEf12")
    page = recognise("https://www.example.com/videos/1")
    assert invite is not None
    assert page is not None
    assert invite.fields_for(Account)["group"] == "https://discord.gg/AbCdEf12"
    assert page.fields_for(Account)["domain"] == "www.example.com"


@pytest.mark.parametrize(("link", "what"), [(row[0], row[2]) for row in rows() if row[2] in {"shortened", "redirect"}])
def test_a_link_that_leads_on_comes_with_advice_and_is_never_opened(link: str, what: str) -> None:
    found = recognise(link)
    assert found is not None
    assert Caution(what) in found.cautions
    assert any("open it yourself" in text or "leads on" in text for text in found.advice)


def test_pasted_text_with_several_links_gives_them_in_order() -> None:
    text = """Her account: <https://www.instagram.com/anna.example_/>, [the post](https://x.com/a/status/1234567890)
    and t.me/anna_example; also “facebook.com/anna.beispiel”. Wiki: https://en.wikipedia.org/wiki/Anna_(name).
    two,https://a.example/1,https://b.example/2。然后 mailto:anna@example.com/ Discord:https://discord.gg/AbCdEf12"""
    assert [text[found.start : found.end] for found in links_in(text)] == [
        "https://www.instagram.com/anna.example_/",
        "https://x.com/a/status/1234567890",
        "t.me/anna_example",
        "facebook.com/anna.beispiel",
        "https://en.wikipedia.org/wiki/Anna_(name)",
        "https://a.example/1",
        "https://b.example/2",
        "mailto:anna@example.com/",
        "https://discord.gg/AbCdEf12",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "I met her on facebook.com and x.com.",
        "skype: anna tel: none",
        "anna@facebook.com/x",
        "see notes.txt/old and e.g. this/that",
        "netflix.com/title/1 e-x.com/a",
        "12:30/13:00 a:b 1.5/2.5",
    ],
)
def test_words_that_only_look_a_little_like_links_are_left_alone(text: str) -> None:
    assert links_in(text) == ()


@pytest.mark.parametrize("what", list(What))
def test_every_kind_of_link_can_be_named_to_a_person(what: What) -> None:
    named = {found.what: found.words for row in rows() if (found := recognise(row[0])) is not None}
    assert named.get(what, "missing") != "missing"
