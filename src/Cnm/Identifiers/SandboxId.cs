namespace Net.Cnm.Identifiers;

/// <summary>Names one sandbox for ever: 64 lower-case hexadecimal digits.</summary>
/// <remarks>Never a path or an option: <see cref="Parse"/> refuses everything else, so an id is safe in file names, link aliases and rule
/// comments.</remarks>
public readonly record struct SandboxId
{
    private readonly string? _value;

    private SandboxId(string value) => _value = value;

    /// <summary>All 64 digits.</summary>
    public string Value => _value ?? throw new InvalidOperationException("a SandboxId that was never assigned");

    /// <summary>The first 12 digits, as tables show them.</summary>
    public string Short => Value[..12];

    /// <summary>Makes a new random id.</summary>
    public static SandboxId New() => new(HexId.NewRandom());

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not 64 lower-case hexadecimal digits.</exception>
    public static SandboxId Parse(string text) => new(HexId.Require(text, "sandbox"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
