import { PagesFrame } from './pages-frame.tsx'

/** Typeset pages, each an SVG, to scroll through and to enlarge. */
export const DrawnPages = ({ title, pages }: { readonly title: string; readonly pages: readonly string[] }) => (
  <div className="p-document">
    <PagesFrame count={pages.length}>
      {(width) => pages.map((page, index) => <img key={index} className="pdf-page" width={width} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(page)}`} alt={`${title}第 ${index + 1} 页`} />)}
    </PagesFrame>
  </div>
)
