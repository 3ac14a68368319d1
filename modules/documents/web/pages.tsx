import './pages.css'

/** Typeset pages, each an SVG, one below the other. */
export const Pages = ({ title, pages }: { readonly title: string; readonly pages: readonly string[] }) => (
  <div className="sheet-pages">
    {pages.map((page, index) => <img key={index} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(page)}`} alt={`${title}第 ${index + 1} 页`} />)}
  </div>
)
