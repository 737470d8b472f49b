package dev.crmsync.door;

/** Something that strangers may do. It ends by itself; its connections are closed for it. */
@FunctionalInterface
interface Attack {

    void on(DoorProcess door, Attacker attacker) throws Exception;
}
