using System.Globalization;
using System.Text;
using Net.Labs.Lessons.Models;

namespace Net.Labs.Lessons;

/// <summary>Writes the page of a lab for people: the question, the drawing, the steps, what should be seen and why, what to read
/// next.</summary>
public static class LabReadme
{
    /// <summary>The page's name.</summary>
    public const string FileName = "README.md";

    /// <summary>The drawing's name.</summary>
    public const string DrawingName = "drawing.svg";

    private const string Generated = "<!-- Written from lab.yml by `netctl lab run --write`: change that file instead. -->";

    /// <summary>The page as Markdown.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="drawing">The drawing as text.</param>
    public static string Of(Lab lab, string drawing)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"{Generated}\n# {lab.Question}\n\n");
        Paragraph(page, lab.About);
        page.Append(CultureInfo.InvariantCulture, $"![The lab's hosts, networks and containers]({DrawingName})\n\n");
        page.Append(CultureInfo.InvariantCulture, $"```text\n{drawing.Trim('\n')}\n```\n\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"    netctl lab run {lab.Name}      # watch it go by itself, and be checked\n"
                + $"    netctl lab start {lab.Name}    # do it yourself: check, hint, solve, shell HOST, stop\n\n");
        int number = 0;
        foreach (LabStep step in lab.Steps)
        {
            Step(page, step, ++number);
        }

        if (lab.Next.Count > 0)
        {
            page.Append("## What to read next\n\n");
            page.Append(string.Concat(lab.Next.Select(item => $"- {item.Trim().ReplaceLineEndings("\n  ")}\n")));
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>A command as a person types it, at the prompt of its host or container.</summary>
    public static string Typed(LabCommand command) => $"{command.Prompt}# {command.Text.ReplaceLineEndings("\n> ")}";

    private static void Step(StringBuilder page, LabStep step, int number)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {number}. {step.Title}\n\n");
        Paragraph(page, step.Text);
        string way = string.Concat(step.Commands.Select(command => Typed(command) + "\n"));
        if (step.IsTask)
        {
            foreach (string hint in step.Hints)
            {
                page.Append(CultureInfo.InvariantCulture, $"<details><summary>A hint</summary>\n\n{hint}\n\n</details>\n");
            }

            page.Append(CultureInfo.InvariantCulture, $"<details><summary>A way</summary>\n\n```console\n{way}```\n\n</details>\n\n");
        }
        else
        {
            page.Append(CultureInfo.InvariantCulture, $"```console\n{way}```\n\n");
        }

        Paragraph(page, step.Why);
    }

    private static void Paragraph(StringBuilder page, string text)
    {
        if (text.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"{text}\n\n");
        }
    }
}
