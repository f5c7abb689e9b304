using System.Runtime.InteropServices;
using System.Text;

using Net.Linux.Descriptors;
using Net.Shims.Logs;

namespace Net.Shims;

/// <summary>What a shim has to say about itself: lines on its standard error, which the daemon made its shim.log.</summary>
internal sealed class MessageLog(SafeHandle standardError, TimeProvider time)
{
    /// <summary>Writes one line; a failure to do so is nobody's problem.</summary>
    internal void Write(string message) =>
        _ = Descriptor.WriteAll(standardError, Encoding.UTF8.GetBytes($"{LogRecord.FormatTime(time.GetUtcNow())} {message}\n"));
}
