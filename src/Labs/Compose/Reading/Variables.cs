namespace Net.Labs.Compose.Reading;

/// <summary>The variables that a Compose file may use: those of the process, and below them those of <c>.env</c> or
/// <c>--env-file</c>.</summary>
public sealed class Variables
{
    private readonly Func<string, string?> _process;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Makes the variables.</summary>
    /// <param name="process">Gives a variable of the process, or null.</param>
    public Variables(Func<string, string?> process) => _process = process;

    /// <summary>The value of a variable; null when it is not set.</summary>
    public string? this[string name] => _process(name) ?? _files.GetValueOrDefault(name);

    /// <summary>Adds the lines of a file; later ones count more.</summary>
    public void Add(IEnumerable<KeyValuePair<string, string>> lines)
    {
        foreach ((string name, string value) in lines)
        {
            _files[name] = value;
        }
    }
}
