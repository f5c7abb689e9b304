using Net.Api.Texts;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>A moment in a request's query or filter.</summary>
internal static class MomentParameter
{
    /// <summary>Parses a moment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The current time, from which a duration counts back.</param>
    /// <exception cref="CnmException">InvalidParameter: the text is no moment.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        try
        {
            return Moment.Parse(text, now);
        }
        catch (FormatException error)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, error.Message, error);
        }
    }
}
