namespace Net.Cnm.Errors;

/// <summary>An operation on the model that could not be done. Its message is one sentence with object, cause and remedy, fit to be
/// shown.</summary>
public sealed class CnmException : Exception
{
    /// <summary>Makes an error to be shown to the user.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="message">Object, cause and remedy in one sentence, without a full stop.</param>
    /// <param name="inner">What the lower layer said, or null.</param>
    public CnmException(CnmErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>The kind of failure.</summary>
    public CnmErrorKind Kind { get; }
}
