"""Builds a fallback font: the characters of web-font slices that the given fonts lack, merged into one TrueType file.
usage: rare.py out.ttf family 'have glob' ... -- 'slice glob' ..."""
import glob, sys, tempfile, os
from fontTools import merge, subset
from fontTools.ttLib import TTFont

out, family, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
split = rest.index('--')
globbed = lambda patterns: sorted(f for p in patterns for f in glob.glob(p))
lists = [set(TTFont(f).getBestCmap()) for f in globbed(rest[:split])]
fandol = [c for c, f in zip(lists, globbed(rest[:split])) if 'Fandol' in f]
have = set.intersection(*fandol).union(*[c for c, f in zip(lists, globbed(rest[:split])) if 'Fandol' not in f])
seen, parts = set(), []
folder = tempfile.mkdtemp()
for f in globbed(rest[split + 1:]):
    font = TTFont(f)
    need = {c for c in font.getBestCmap() if c >= 0x80} - have - seen
    seen |= need
    if not need: continue
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ['GSUB', 'GPOS', 'GDEF', 'vhea', 'vmtx', 'BASE', 'VORG', 'DSIG', 'meta', 'feat', 'morx']
    s = subset.Subsetter(options); s.populate(unicodes=need); s.subset(font); font.flavor = None
    parts.append(os.path.join(folder, f'{len(parts)}.ttf')); font.save(parts[-1])
font = merge.Merger().merge(parts)
for record in font['name'].names:
    if record.nameID in (1, 3, 4, 16): record.string = family
    if record.nameID in (2, 17): record.string = 'Regular'
    if record.nameID == 6: record.string = family.replace(' ', '')
font.save(out)
print(family, len(seen), os.path.getsize(out))
