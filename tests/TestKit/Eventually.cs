namespace Net.Tests.TestKit;

/// <summary>Waits for what has no event to wait for.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Returns when a condition holds.</summary>
    /// <exception cref="OperationCanceledException">It has not held for a minute.</exception>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
