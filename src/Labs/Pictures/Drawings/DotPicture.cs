using System.Text;
using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures.Drawings;

/// <summary>A picture in the language of Graphviz. Source: graphviz.org, The DOT Language.</summary>
internal static class DotPicture
{
    /// <summary>Draws a picture that is in order.</summary>
    public static string Of(Picture picture)
    {
        var graph = PictureGraph.Of(picture);
        var output = new StringBuilder();
        output.Append("digraph netctl {\n")
            .Append("  graph [rankdir=LR, fontname=\"sans-serif\", bgcolor=white, nodesep=0.15, ranksep=0.9, labeljust=l];\n")
            .Append("  node [shape=box, fontname=\"monospace\", fontsize=10, style=filled, fillcolor=white];\n")
            .Append("  edge [fontname=\"monospace\", fontsize=9, dir=none];\n");
        foreach (GraphNode node in graph.Nodes.Where(node => node.Host is null))
        {
            Node(output, "  ", node);
        }

        foreach ((int index, PicturedHost host) in picture.Hosts.Index())
        {
            string label = Quote([$"host {Linux.Terminals.TerminalText.Escape(host.Name)}"]);
            output.Append($"  subgraph cluster_{index} {{\n    label={label};\n");
            foreach (GraphNode node in graph.Nodes.Where(node => node.Host == host.Name))
            {
                Node(output, "    ", node);
            }

            output.Append("  }\n");
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            string look = edge.Kind switch
            {
                GraphEdgeKind.Published => "dir=forward, style=dashed",
                GraphEdgeKind.Named => "dir=forward, style=dotted, constraint=false",
                _ => "style=solid",
            };
            output.Append($"  {edge.From.Id} -> {edge.To.Id} [{look}{(edge.Label.Length > 0 ? $", label={Quote([edge.Label])}" : "")}];\n");
        }

        return output.Append("}\n").ToString();
    }

    private static void Node(StringBuilder output, string indent, GraphNode node)
    {
        string look = node.Kind switch
        {
            GraphNodeKind.Wire => "shape=ellipse, style=dashed",
            GraphNodeKind.Host => "penwidth=2, fillcolor=gray85",
            GraphNodeKind.Network => "shape=box, penwidth=2, fillcolor=gray93",
            GraphNodeKind.InternalNetwork => "shape=box, penwidth=2, style=\"filled,dashed\", fillcolor=gray93",
            GraphNodeKind.StoppedContainer => "style=\"rounded,dashed\"",
            _ => "style=\"rounded,filled\"",
        };
        output.Append($"{indent}{node.Id} [label={Quote(node.Lines)}, {look}];\n");
    }

    // A backslash begins an escape sequence of labels (escString), and an ampersand a character by its name in HTML.
    private static string Quote(IReadOnlyList<string> lines)
    {
        IEnumerable<string> escaped = lines.Select(line => line.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal));
        return lines.Count > 1 ? $"\"{string.Concat(escaped.Select(line => line + "\\l"))}\"" : $"\"{string.Concat(escaped)}\"";
    }
}
