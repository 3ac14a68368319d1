"""Cuts what the web font of the pages lacks out of a full font, into slices a browser asks for one by one.
usage: slice.py NotoSansCJK-Regular.ttc unicode.json (of the web font) out-folder"""
import json, os, re, sys
from fontTools import subset
from fontTools.ttLib import TTCollection

source, ranges, out = sys.argv[1:4]
FAMILY, SLICE = 'Chengming Rare', 192
have = set()
for text in json.load(open(ranges)).values():
    for first, last in re.findall(r'U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?', text):
        have.update(range(int(first, 16), int(last or first, 16) + 1))
font_number = next(i for i, f in enumerate(TTCollection(source).fonts) if f['name'].getDebugName(1) == 'Noto Sans CJK SC')
ideograph = lambda c: 0x3400 <= c < 0xA000 or 0xF900 <= c < 0xFB00 or c >= 0x20000
wanted = sorted(c for c in TTCollection(source).fonts[font_number].getBestCmap() if ideograph(c) and c not in have)

os.makedirs(os.path.join(out, 'rare'), exist_ok=True)
# Between first and last are characters the web font has: it stands before this family, so nobody asks here for them.
css = []
for number, codes in enumerate(wanted[i:i + SLICE] for i in range(0, len(wanted), SLICE)):
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=True, font_number=font_number, name_IDs=[0, 13, 14])
    options.drop_tables += ['GSUB', 'GPOS', 'GDEF', 'vhea', 'vmtx', 'BASE', 'VORG', 'DSIG']
    font = subset.load_font(source, options)
    cut = subset.Subsetter(options); cut.populate(unicodes=codes); cut.subset(font)
    for name in font['name'].names:
        if name.nameID in (1, 3, 4, 6): name.string = FAMILY
    top = font['CFF '].cff
    top.fontNames = [FAMILY.replace(' ', '')]
    font.flavor = 'woff2'
    font.save(os.path.join(out, 'rare', f'{number}.woff2'))
    css.append(f"@font-face {{ font-family: '{FAMILY}'; font-display: swap; src: url(./rare/{number}.woff2) format('woff2'); unicode-range: U+{codes[0]:x}-{codes[-1]:x}; }}\n")
open(os.path.join(out, 'rare.css'), 'w').writelines(css)
print(len(wanted), 'characters in', len(css), 'slices')
