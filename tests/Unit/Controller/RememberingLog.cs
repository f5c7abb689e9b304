using System.Collections.Concurrent;
using Net.Controller;

namespace Net.Tests.Unit.Controller;

/// <summary>Keeps what was said.</summary>
internal sealed class RememberingLog : IControllerLog
{
    public ConcurrentQueue<string> Warnings { get; } = [];

    public void Warning(string message) => Warnings.Enqueue(message);
}
