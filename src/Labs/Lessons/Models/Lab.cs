using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Models;

/// <summary>A lab: one question, hosts to ask it on, and steps that lead to the answer. Checked: every name leads somewhere.</summary>
public sealed record Lab
{
    private const int LongestName = 40;

    /// <summary>The lab's name, that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The name under which it is up: its name in the letters that a cgroup may have, at most 40 of them.</summary>
    public string NameWhenUp => new([.. Name.ToLowerInvariant().Take(LongestName)
        .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')]);

    /// <summary>The absolute path of its folder, where its commands run.</summary>
    public required string Folder { get; init; }

    /// <summary>The question that it answers, one sentence.</summary>
    public required string Question { get; init; }

    /// <summary>What it is about, in paragraphs.</summary>
    public string About { get; init; } = "";

    /// <summary>Programs of the machine that it uses beside those that every lab needs.</summary>
    public IReadOnlyList<LabNeed> Needs { get; init; } = [];

    /// <summary>Its hosts, in the order of the file.</summary>
    public required IReadOnlyList<LabHost> Hosts { get; init; }

    /// <summary>What joins the hosts.</summary>
    public IReadOnlyList<LabLink> Links { get; init; } = [];

    /// <summary>What is broken before anybody looks, after the projects are up.</summary>
    public IReadOnlyList<LabCommand> Faults { get; init; } = [];

    /// <summary>The steps in order.</summary>
    public required IReadOnlyList<LabStep> Steps { get; init; }

    /// <summary>Whether the tasks can be solved in any order, as they do not build on each other.</summary>
    public bool IsInAnyOrder { get; init; }

    /// <summary>What to read next, each a line of Markdown.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    /// <summary>The Compose project of each host that has services, by the host's name.</summary>
    public IReadOnlyDictionary<string, ComposeProject> Projects { get; init; } = new Dictionary<string, ComposeProject>();

    /// <summary>What the user should know of the file, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The steps that are for the learner to do.</summary>
    public IEnumerable<LabStep> Tasks => Steps.Where(step => step.IsTask);
}

/// <summary>A program that a lab uses.</summary>
/// <param name="Program">Its name, looked for in PATH.</param>
/// <param name="Package">The package of Debian that has it.</param>
/// <param name="Place">Where the file names it.</param>
public sealed record LabNeed(string Program, string Package, Place Place);
