namespace Net.Cnm.Identifiers;

/// <summary>The permanent identifier of one endpoint: 64 lower-case hexadecimal digits.</summary>
/// <remarks><see cref="Parse"/> rejects all other text. An id therefore cannot act as a path or an option, and is safe in file names, link
/// aliases and rule comments.</remarks>
public readonly record struct EndpointId
{
    private readonly string? _value;

    private EndpointId(string value) => _value = value;

    /// <summary>The id as text, all 64 digits.</summary>
    /// <exception cref="InvalidOperationException">The id is the default value of the type.</exception>
    public string Value => _value ?? throw new InvalidOperationException("a EndpointId that was never assigned");

    /// <summary>The first 12 digits, the form that tables show.</summary>
    public string Short => Value[..12];

    /// <summary>Makes a new random id.</summary>
    public static EndpointId New() => new(HexId.NewRandom());

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not 64 lower-case hexadecimal digits.</exception>
    public static EndpointId Parse(string text) => new(HexId.Require(text, "endpoint"));

    /// <summary>Parses an id, if the text is one.</summary>
    public static bool TryParse(string? text, out EndpointId id)
    {
        id = HexId.IsWellFormed(text) ? new EndpointId(text!) : default;
        return HexId.IsWellFormed(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
