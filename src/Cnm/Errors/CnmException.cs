namespace Net.Cnm.Errors;

/// <summary>The exception for an operation on the model that could not be carried out. Its message can be shown to the user: one sentence
/// that names the object, the cause and the remedy.</summary>
public sealed class CnmException : Exception
{
    /// <summary>Makes an exception whose message is shown to the user.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="message">One sentence that names the object, the cause and the remedy, without a full stop.</param>
    /// <param name="inner">The exception of the lower layer that caused this one, or null.</param>
    public CnmException(CnmErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>The kind of failure.</summary>
    public CnmErrorKind Kind { get; }
}
