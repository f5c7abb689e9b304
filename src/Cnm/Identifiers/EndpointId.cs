namespace Net.Cnm.Identifiers;

/// <summary>Names one endpoint for ever: 64 lower-case hexadecimal digits.</summary>
/// <remarks>Never a path or an option: <see cref="Parse"/> refuses everything else, so an id is safe in file names, link aliases and rule
/// comments.</remarks>
public readonly record struct EndpointId
{
    private readonly string? _value;

    private EndpointId(string value) => _value = value;

    /// <summary>All 64 digits.</summary>
    public string Value => _value ?? throw new InvalidOperationException("a EndpointId that was never assigned");

    /// <summary>The first 12 digits, as tables show them.</summary>
    public string Short => Value[..12];

    /// <summary>Makes a new random id.</summary>
    public static EndpointId New() => new(HexId.NewRandom());

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not 64 lower-case hexadecimal digits.</exception>
    public static EndpointId Parse(string text) => new(HexId.Require(text, "endpoint"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
