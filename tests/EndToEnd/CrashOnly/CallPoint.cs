using System.Globalization;

namespace Net.Tests.EndToEnd.CrashOnly;

/// <summary>A system call, at which something happens.</summary>
/// <param name="Call">Its name.</param>
/// <param name="Number">Which of the calls of that name of one thread, from 1. Where several threads make such calls, the first that comes
/// to the number.</param>
internal sealed record CallPoint(string Call, int Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Call} {Number}");
}
