/** A text set anew for the screen: a paragraph for each line of it. */
export const Reflowed = ({ title, text }: { readonly title?: string; readonly text: string }) => (
  <article className="p-reflow">
    {title !== undefined && <h2>{title}</h2>}
    {text.split('\n').filter((line) => line.trim() !== '').map((line, index) => <p key={index}>{line}</p>)}
  </article>
)
