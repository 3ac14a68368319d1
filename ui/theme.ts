import type { ThemeConfig } from 'antd'
import { colours, cssVariables, FONT, fontSize } from '#ui/tokens.ts'
import type { Look } from '#ui/tokens.ts'

/** Ant Design's theme for a look; every measure comes from `tokens.ts`. */
export function themeOf(look: Look): ThemeConfig {
  const size = fontSize(look)
  return {
    token: {
      colorPrimary: colours.primary,
      colorInfo: colours.primary,
      colorLink: colours.primary,
      colorSuccess: colours.green,
      colorWarning: colours.amber,
      colorError: colours.seal,
      colorInfoBg: colours.primarySoft,
      colorSuccessBg: colours.greenSoft,
      colorWarningBg: colours.amberSoft,
      colorErrorBg: colours.sealSoft,
      colorInfoBorder: colours.primaryLine,
      colorText: colours.text,
      colorTextSecondary: colours.text2,
      colorTextTertiary: colours.text3,
      colorTextPlaceholder: colours.text3,
      colorBorder: colours.lineStrong,
      colorBorderSecondary: colours.line,
      colorBgLayout: colours.ground,
      fontFamily: FONT,
      fontSize: size,
      controlHeight: look.large ? 40 : 32,
      borderRadius: 6,
      borderRadiusLG: 8,
      // Nothing moves under the pointer: a menu that still unfolds while it is clicked loses the click.
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', contentFontSize: size },
      Modal: { titleFontSize: size + 2 },
      Tree: { titleHeight: look.large ? 36 : 30 },
    },
  }
}

/** Writes the custom properties onto the page, so that plain style sheets and Ant Design agree. */
export function applyLook(look: Look, root: HTMLElement): void {
  for (const [name, value] of Object.entries(cssVariables(look))) root.style.setProperty(name, value)
  root.dataset['shell'] = look.shell
  root.dataset['density'] = look.density
  root.toggleAttribute('data-large', look.large)
}
