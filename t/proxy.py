#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A connection that breaks when it matters: t/proxy.py LISTEN SERVER SEED LOG

Passes bytes on between a socket of its own and the server's. Of the commits that come by, each third or so is cut:
before the server gets it, or when the server has carried it out but its answer has not come back, so that the client
cannot know. Each cut is a line of LOG: "before" or "behind".
"""
import os
import random
import socket
import sys
import threading

COMMIT = b"\x07\x00\x00\x00\x03COMMIT"  # length, sequence, COM_QUERY, text: a packet of its own in the protocol


def pass_answers(server, client, watch):
    """From the server to the client, until one of them ends, or the answer is the one that must not come."""
    try:
        while data := server.recv(65536):
            if watch.is_set():
                break
            client.sendall(data)
    except OSError:
        pass
    finally:
        for end in (server, client):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def serve(client, path, choose, log):
    server = socket.socket(socket.AF_UNIX)
    server.connect(path)
    watch = threading.Event()
    answers = threading.Thread(target=pass_answers, args=(server, client, watch))
    answers.start()
    try:
        while data := client.recv(65536):
            cut = choose() if COMMIT in data else None
            if cut:
                log(cut)
            if cut == "before":
                break
            if cut == "behind":
                watch.set()
            server.sendall(data)
    except OSError:
        pass
    if watch.is_set():
        answers.join()
    for end in (server, client):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
    answers.join()
    server.close()
    client.close()


def main():
    listen, path, seed, log_path = sys.argv[1:5]
    rng = random.Random(int(seed))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(listen + ".new")
    listener.listen(8)
    os.rename(listen + ".new", listen)

    def choose():
        return rng.choice(["before", "behind", None, None, None, None])

    def log(cut):
        with open(log_path, "a", encoding="ascii") as out:
            out.write(cut + "\n")

    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, path, choose, log), daemon=True).start()


main()
