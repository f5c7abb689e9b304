namespace Net.Cli.Templates;

/// <summary>A format that cannot be read, or that asks a document for something it does not have. The message says where.</summary>
internal sealed class TemplateException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One sentence, fit to be shown.</param>
    public TemplateException(string message)
        : base(message)
    {
    }
}
