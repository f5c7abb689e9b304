namespace Net.Labs.Yaml;

/// <summary>Something in a file is wrong. The message names the place, the key, the cause and what the key takes.</summary>
public sealed class FileFaultException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="message">The key, the cause and the remedy in one sentence.</param>
    /// <param name="cause">The error that it follows from, if any.</param>
    public FileFaultException(Place place, string message, Exception? cause = null)
        : base($"{place}: {message}", cause) => Place = place;

    /// <summary>Where it is.</summary>
    public Place Place { get; }
}
