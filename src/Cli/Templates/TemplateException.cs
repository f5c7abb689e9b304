namespace Net.Cli.Templates;

/// <summary>A template that is invalid, or that uses something which a document does not have. The message says where.</summary>
internal sealed class TemplateException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One sentence for the user.</param>
    public TemplateException(string message)
        : base(message)
    {
    }
}
