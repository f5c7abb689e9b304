using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using Net.Linux.Descriptors;
using Net.Linux.Terminals;

namespace Net.Shims;

/// <summary>Writes a shim's own messages: lines on its standard error, which the daemon has redirected to shim.log.</summary>
internal sealed class MessageLog(SafeHandle standardError, TimeProvider time)
{
    /// <summary>Writes one line; a failure to write it is ignored, since there is nowhere to report it.</summary>
    internal void Write(string message) =>
        _ = Descriptor.WriteAll(standardError, Encoding.UTF8.GetBytes($"{Now()} {TerminalText.Escape(message)}\n"));

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
