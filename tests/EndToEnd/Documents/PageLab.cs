using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Net.Tests.TestKit.Documents;

namespace Net.Tests.EndToEnd.Documents;

/// <summary>A page as a lab: its hosts, and a step for each command that names the page and the line.</summary>
internal static class PageLab
{
    /// <summary>A link in the lab's folder that leads to the repository.</summary>
    public const string CloneName = "clone";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the page's <c>lab.yml</c>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="kernelHas">Whether the kernel has a type of links.</param>
    public static string TextOf(Page page, Func<string, bool> kernelHas)
    {
        var text = new StringBuilder("x-netlab:\n  question: Do the commands of this page do what it says?\n");
        foreach (string line in page.World)
        {
            text.Append("  ").Append(line).Append('\n');
        }

        text.Append("  steps:\n");
        foreach (PageBlock block in page.Blocks.Where(block => block.IsRun && (block.Kernel is null || kernelHas(block.Kernel))))
        {
            IReadOnlyList<PageCommand> commands = BlockCommands.Of(page, block);
            foreach (PageCommand command in commands)
            {
                // JSON is YAML.
                text.Append("    - ").Append(StepOf(page, block, command, command == commands[^1]).ToJsonString(Plain)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static JsonObject StepOf(Page page, PageBlock block, PageCommand command, bool isLast)
    {
        bool isInClone = block.Words.GetValueOrDefault("in") == CloneName;
        var run = new JsonObject
        {
            ["on"] = command.Host,
            ["run"] = isInClone ? $"cd {CloneName}\n{command.Text}" : command.Text,
        };
        if (command.Shown.Count > 0)
        {
            run["prints"] = ShownOutput.PatternOf(command.Shown);
        }

        if (isLast && block.Words.TryGetValue("exits", out string? exits))
        {
            run["exits"] = int.TryParse(exits, CultureInfo.InvariantCulture, out int code) ? code : exits;
        }

        if (block.Words.TryGetValue("within", out string? within))
        {
            run["within"] = within;
        }

        return new JsonObject { ["look"] = $"{page.Path}:{command.Line}", ["run"] = run };
    }
}
