namespace Net.Tests.TestKit;

/// <summary>Waits for removed links to be deleted: netctl buries a link at once, and has the kernel delete it some time later.</summary>
public static class Graves
{
    /// <summary>A script for sh that ends when no link of its namespace is buried, and fails after ten seconds.</summary>
    public const string Script =
        """
        for i in $(seq 500); do
          [ -n "$(ip -o link show group 28516)" ] || break
          sleep 0.02
        done
        [ -z "$(ip -o link show group 28516)" ]

        """;

    /// <summary>Returns when no link of this namespace is buried.</summary>
    public static void WaitUntilEmpty() => Command.Run("sh", "-c", Script);
}
