using System.Globalization;
using System.Text;
using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Drawings;

/// <summary>A picture as a flowchart of Mermaid. Source: mermaid.js.org, Flowcharts.</summary>
internal static class MermaidPicture
{
    // Everything that HTML, Markdown or Mermaid itself may take for something else.
    private const string Meant = "\"#<>&`*_\\;[]{}|~$";

    /// <summary>Draws a picture that is in order.</summary>
    public static string Of(Picture picture)
    {
        var graph = PictureGraph.Of(picture);
        var output = new StringBuilder();
        output.Append("flowchart LR\n");
        foreach (GraphNode node in graph.Nodes.Where(node => node.Host is null))
        {
            Node(output, "  ", node);
        }

        foreach ((int index, PicturedHost host) in picture.Hosts.Index())
        {
            output.Append($"  subgraph h{index}[{Quote([$"host {TerminalText.Escape(host.Name)}"])}]\n");
            foreach (GraphNode node in graph.Nodes.Where(node => node.Host == host.Name))
            {
                Node(output, "    ", node);
            }

            output.Append("  end\n");
        }

        foreach (GraphEdge edge in graph.Edges)
        {
            string line = edge.Kind switch
            {
                GraphEdgeKind.Published => "==>",
                GraphEdgeKind.Named => "-.->",
                _ => "---",
            };
            output.Append($"  {edge.From.Id} {line}{(edge.Label.Length > 0 ? $"|{Quote([edge.Label])}|" : "")} {edge.To.Id}\n");
        }

        output.Append("  classDef wire fill:#fff,stroke:#333,color:#000,stroke-dasharray:2 3\n")
            .Append("  classDef host fill:#d9d9d9,stroke:#000,color:#000,stroke-width:2px\n")
            .Append("  classDef network fill:#ededed,stroke:#000,color:#000,stroke-width:2px\n")
            .Append("  classDef internal fill:#ededed,stroke:#000,color:#000,stroke-width:2px,stroke-dasharray:6 3\n")
            .Append("  classDef container fill:#fff,stroke:#000,color:#000\n")
            .Append("  classDef stopped fill:#fff,stroke:#555,color:#000,stroke-dasharray:4 3\n");
        return output.ToString();
    }

    private static void Node(StringBuilder output, string indent, GraphNode node)
    {
        string text = Quote(node.Lines);
        string shape = node.Kind switch
        {
            GraphNodeKind.Wire => $"([{text}]):::wire",
            GraphNodeKind.Host => $"[{text}]:::host",
            GraphNodeKind.Network => $"[{text}]:::network",
            GraphNodeKind.InternalNetwork => $"[{text}]:::internal",
            GraphNodeKind.StoppedContainer => $"({text}):::stopped",
            _ => $"({text}):::container",
        };
        output.Append($"{indent}{node.Id}{shape}\n");
    }

    private static string Quote(IReadOnlyList<string> lines) => $"\"{string.Join("<br/>", lines.Select(Escape))}\"";

    // Mermaid's way to write a character: #NUMBER;.
    private static string Escape(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (Meant.Contains(letter))
            {
                output.Append(CultureInfo.InvariantCulture, $"#{(int)letter};");
            }
            else
            {
                output.Append(letter);
            }
        }

        return output.ToString();
    }
}
