namespace Net.Labs.Compose;

/// <summary>Where a project comes from, as it was said on the command line.</summary>
public sealed record ComposeSource
{
    /// <summary>The files, each laid over those before it; empty to look for <c>compose.yaml</c> and its older names from the working
    /// directory upwards.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The project's name; null for that of the file, or else of its folder.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Where relative paths begin; null for the folder of the first file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The profiles whose services belong to the project; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Services that belong to the project whatever their profile is.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The host of a lab whose services belong to the project; null for those of all hosts.</summary>
    public string? LabHost { get; init; }

    /// <summary>Files of variables; empty for <c>.env</c> in the project's folder, where there is one.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>How many containers services have, by name, whatever the file says.</summary>
    public IReadOnlyDictionary<string, int> Scales { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether contradictions between services are looked for. What is to be taken down may have come up in parts that exclude
    /// each other.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>Gives a variable of the process, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The working directory.</summary>
    public required string WorkingDirectory { get; init; }
}
