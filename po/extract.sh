#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# All texts that are shown to people, as a template: extract.sh SOURCE OUT.
# Besides _("…") and N_("…") these are the texts of the X-lists: the fourth of
# four (statuses, doubts) and the third of three (checks).
set -eu
cd "$1"
find base pipeline store indexer service cli -name '*.[ch]' | LC_ALL=C sort |
    xgettext --language=C --from-code=UTF-8 --files-from=- --no-wrap \
        --sort-by-file --add-comments=TRANSLATORS \
        --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
        --keyword=X:4,4t --keyword=X:3,3t \
        --package-name=hoso --output="$2"
# xgettext cannot know the encoding of a template without accents; a date
# would make two branches conflict.
sed -i -e 's/charset=CHARSET/charset=UTF-8/' -e '/^"POT-Creation-Date:/d' \
    -e '/^"Report-Msgid-Bugs-To:/d' "$2"
