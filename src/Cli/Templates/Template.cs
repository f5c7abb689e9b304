using System.Text;

namespace Net.Cli.Templates;

/// <summary>
/// A template of Docker's <c>--format</c>: the subset of Go's text/template that such formats use. Field paths, variables, pipelines,
/// parentheses, <c>if</c>, <c>with</c>, <c>range</c>, comments, trim markers, and the functions of <see cref="TemplateFunctions"/>.
/// Immutable.
/// </summary>
/// <remarks>Source: the documentation of Go's text/template and of docker's <c>--format</c>.</remarks>
internal sealed class Template
{
    private readonly IReadOnlyList<TemplateNode> _nodes;

    private Template(IReadOnlyList<TemplateNode> nodes) => _nodes = nodes;

    /// <summary>Parses a template. As in Docker, the two characters <c>\t</c> stand for a tab and <c>\n</c> for a line feed.</summary>
    /// <exception cref="TemplateException">The template is invalid.</exception>
    public static Template Parse(string text) => new(TemplateParser.Parse(
        text.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)));

    /// <summary>The text of the template for a document. No line feed is added.</summary>
    /// <param name="document">The dot.</param>
    /// <exception cref="TemplateException">The template uses a field that does not exist, or a value of the wrong type.</exception>
    public string Render(TemplateDocument document)
    {
        var output = new StringBuilder();
        new TemplateEvaluator(output, document).Run(_nodes, document.Root);
        return output.ToString();
    }
}
